"""A campaign's words are its own: no output of another campaign says the built-in one's."""

from __future__ import annotations

import email
import email.policy
import html
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from small_province import make_small_province

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.months.run import run_month

WORDS = {
    "Hội nghị": "Đại hội",
    "hội nghị": "đại hội",
    "HỘI NGHỊ": "ĐẠI HỘI",
    "Hướng dẫn": "Kế hoạch",
    "huyện, thành phố, sở, ngành": "thị xã, đặc khu, công ty",
    "huyện, thành phố": "thị xã, đặc khu",
    "Huyện, thành phố": "Thị xã, đặc khu",
    "huyện, ngành": "thị xã, công ty",
    "Huyện, ngành": "Thị xã, công ty",
    "HUYỆN, NGÀNH": "THỊ XÃ, CÔNG TY",
    "sở, ngành": "công ty",
    "tên huyện": "tên thị xã",
    "2015-03-20": "2015-02-14",
    "ví dụ 1/3/2015 (ô sẽ hiện 3/2015)": "ví dụ 1/2/2015 (ô sẽ hiện 2/2015)",
    "ví dụ 20/3/2015": "ví dụ 14/2/2015",
}
"""What the built-in campaign says, and what the other one says in its place."""
GENERIC = ("Hướng dẫn ghi", "ĐẠI HỘI, HỘI NGHỊ CẤP TRÊN", r"\(đơn vị thuộc huyện, thành phố\)")
"""What no campaign owns, the column that tells how to fill in a form and whatever is held above;
and the kinds of units, which both campaigns have."""


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh"), WORDS)


def texts_in(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a file by its place: of mails their parts, of workbooks their members."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for one in parts.namelist():
                yield from texts_in(f"{name}/{one}", parts.read(one))
    elif name.endswith(".eml"):
        mail = email.message_from_bytes(content, policy=email.policy.default)
        yield f"{name}/subject", str(mail["subject"])
        for part in mail.walk():
            if not part.is_multipart():
                inside = part.get_payload(decode=True)
                yield from texts_in(f"{name}/{part.get_filename() or 'text'}", inside)
    else:
        text = content.decode("utf-8", errors="replace")
        yield name, html.unescape(re.sub(r"<[^>]*>", "\n", text))


def test_no_output_says_the_words_of_another_campaign(province, tmp_path):
    out = tmp_path / "ra"
    run_month(province.request(out, (province.all,), campaign=str(province.campaign), letters=True))
    texts = [
        (place, line)
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix in (".xlsx", ".docx", ".eml", ".txt", ".json")
        if not {"luu-tru", "tep-chua-xu-ly"} & set(path.relative_to(out).parts)
        for place, text in texts_in(str(path.relative_to(out)), path.read_bytes())
        for line in text.splitlines()
    ]
    assert len(texts) > 1000
    said = [
        (place, line)
        for place, line in texts
        for own in WORDS
        if own in re.sub("|".join(GENERIC), "", line)
    ]
    assert said == []
    assert [(place, line) for place, line in texts if re.search(r"\{[a-z_]+\}", line)] == []


def test_sentences_keep_their_other_places():
    words = load_campaign().words
    assert words.said("{unit}: {event} ({example_day})") == "{unit}: Hội nghị (20/3/2015)"

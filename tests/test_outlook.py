"""A form comes out of Outlook's own files as out of any mail; test_unpack.py has all that holds one."""

from __future__ import annotations

import pytest
from mail_samples import outlook, winmail, zipped

from tdkt_batch.unpack.unpack import unpack

BOOK = zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
FORM = ("Mẫu 01.xlsx", BOOK)


@pytest.mark.parametrize(("kind", "content"), [("msg", outlook(FORM)), ("tnef", winmail(FORM))])
def test_a_form_comes_out_of_outlooks_files(kind, content):
    out = unpack("tep", content)
    assert [one.kind for one in out.containers] == [kind]
    assert [(one.name, one.content) for one in out.items] == [FORM]

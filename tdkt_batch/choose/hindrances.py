"""Why what a unit sent is not its report of the month: from a file's reason to its kind."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.report import Hindrance

NO_ATTEMPT = frozenset({"lock_file", "system_file", "sheet_of_no_form", "blank_sheet"})
"""The reasons that say that nobody meant to report by it: a machine left it, or it came along."""
NO_FORM = NO_ATTEMPT | {
    "picture", "pdf", "document", "text", "unknown_type", "other_workbook", "words_only",
}  # fmt: skip
"""The reasons that say a file never was a form; all others ask for a better copy."""

_BY_KIND: Mapping[Hindrance, frozenset[str]] = {
    Hindrance.PICTURE: frozenset({"picture"}),
    Hindrance.DOCUMENT: frozenset({"pdf", "document", "text"}),
    Hindrance.OTHER_FILE: frozenset({"unknown_type", "other_workbook"}),
    Hindrance.LINK: frozenset({"linked_attachment"}),
    Hindrance.WORDS: frozenset({"words_only"}),
    Hindrance.LOCKED: frozenset({"encrypted", "encrypted_archive", "encrypted_mail"}),
    Hindrance.UNIDENTIFIED: frozenset({
        "no_identity", "no_unit", "unknown_unit", "ambiguous_unit", "disputed_unit",
        "unit_not_valid", "no_month", "unreadable_month",
    }),
    Hindrance.REFUSED: frozenset({
        "other_campaign", "unknown_form", "wrong_form", "broken_layout", "copied_sheet",
        "far_cell", "html_table", "web_archive", "xml_2003", "flat_ods", "plain_table",
        "pasted_table",
    }),
    Hindrance.OTHER_MONTH: frozenset({"other_month"}),
    Hindrance.AFTER_CUT_OFF: frozenset({"after_cut_off"}),
    Hindrance.SET_ASIDE: frozenset({"set_aside"}),
}  # fmt: skip


def hindrance_of(reason: str) -> Hindrance:
    """Return the kind of a reason; what cannot be opened or read for any other is damaged."""
    return next(
        (kind for kind, reasons in _BY_KIND.items() if reason in reasons), Hindrance.DAMAGED
    )

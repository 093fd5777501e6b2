"""Have openpyxl write what tests edit with the standard library; know the slow.

A file of tests is slow when it runs whole months, starts LibreOffice or takes more than two
seconds of processor time; ``make fast`` leaves these out.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENPYXL_LXML", "False")
"""Not lxml, which python-docx brings along: openpyxl decides once, when it is first imported."""

settings.register_profile(
    "by work, not by the clock", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("by work, not by the clock")

SLOW = frozenset(
    (
        "test_changes",
        "test_check_forms",
        "test_cli",
        "test_control",
        "test_corpus",
        "test_crashes",
        "test_demo",
        "test_differences",
        "test_doctests",
        "test_find",
        "test_fonts",
        "test_golden_book",
        "test_guard",
        "test_hostile_strings",
        "test_ledger_codec",
        "test_ledger_safety",
        "test_legacy_text",
        "test_letters",
        "test_listing",
        "test_load",
        "test_mutations",
        "test_nine_months",
        "test_overview",
        "test_parity",
        "test_questions_for_leadership",
        "test_read",
        "test_reading",
        "test_recalculated",
        "test_repair",
        "test_repair_by_form",
        "test_returns",
        "test_rings",
        "test_roles",
        "test_rules",
        "test_run",
        "test_same_bytes",
        "test_statistics",
        "test_summary",
        "test_summary_sheets",
        "test_trace",
        "test_two_runs",
        "test_unpack",
        "test_workbooks",
        "test_workers",
        "test_write",
    )
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow files."""
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)

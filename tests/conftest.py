"""Import the package before any test imports openpyxl, as the program itself does; know the slow.

A file of tests is slow when it runs whole months, starts LibreOffice or takes more than two
seconds of processor time; ``make fast`` leaves these out. ``test_fast_tests.py`` holds that the
others still reach every module.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import tdkt_batch  # noqa: F401

settings.register_profile(
    "by work, not by the clock", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("by work, not by the clock")

SLOW = frozenset(
    (
        "test_bounds_over_months",
        "test_carried_over",
        "test_changes",
        "test_check_forms",
        "test_cli",
        "test_control",
        "test_cluster",
        "test_corpus",
        "test_crashes",
        "test_differences",
        "test_doctests",
        "test_fast_tests",
        "test_earlier_version",
        "test_extensions",
        "test_figure_everywhere",
        "test_file_questions",
        "test_find",
        "test_fonts",
        "test_forget_run",
        "test_four_months",
        "test_golden_book",
        "test_hostile_strings",
        "test_ledger_codec",
        "test_ledger_safety",
        "test_issue",
        "test_kept_returns",
        "test_left_over",
        "test_legacy_text",
        "test_letters",
        "test_listing",
        "test_load",
        "test_load_figures",
        "test_month_of_work",
        "test_mutations",
        "test_newest_report",
        "test_prepared",
        "test_nine_months",
        "test_nobody_named",
        "test_nobody_reproached",
        "test_officers_day",
        "test_one_name",
        "test_other_programs",
        "test_opens_cleanly",
        "test_overview",
        "test_parity",
        "test_plain_xml",
        "test_printed",
        "test_printed_papers",
        "test_questions_for_leadership",
        "test_read",
        "test_reading",
        "test_remind",
        "test_requests_and_remedies",
        "test_recalculated",
        "test_repair",
        "test_repair_by_form",
        "test_returns",
        "test_row_checks",
        "test_rings",
        "test_roles",
        "test_rosters",
        "test_rules",
        "test_run",
        "test_same_bytes",
        "test_second_engine",
        "test_settings",
        "test_settings_in_runs",
        "test_shares",
        "test_sheet_lists",
        "test_unit_lines",
        "test_summary",
        "test_summary_sheets",
        "test_trace",
        "test_two_runs",
        "test_words",
        "test_twenty_registers",
        "test_units_below",
        "test_unpack",
        "test_whole_forms",
        "test_workers",
        "test_write",
        "test_writers",
    )
)


SLOW_WITH = {"test_demo": {"sample", "truth", "report"}}
"""Files of which only the tests with these fixtures are slow."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import the slow files when they are asked to stay out: it takes a third more."""
    wanted = config.getoption("markexpr") != "not slow" or collection_path.stem not in SLOW
    return None if wanted else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow files and with slow fixtures."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.path.stem in SLOW or fixtures & SLOW_WITH.get(item.path.stem, set()):
            item.add_marker(pytest.mark.slow)

"""What a submission says of all its cells: those that count otherwise than they were typed."""

from collections import Counter

from test_read import FILLED, read, write

SUBMISSION = read(write(FILLED))


def test_each_repair_has_original_result_and_rule():
    assert [(v.field, v.raw, v.value, v.repair.rule) for v in SUBMISSION.repaired_cells][2:5] == [
        ("thoi_luong", SUBMISSION.values["thoi_luong"].raw, "1/2 ngày", "SC07"),
        ("tong_dai_bieu_th", "1.200", 1200, "SC02"),
        ("dien_hinh_th", "85 người", 85, "SC05"),
    ]


def test_repairs_are_those_of_single_cells_and_of_tables():
    assert Counter(value.repair.rule for value in SUBMISSION.repaired_cells) == {
        "SC02": 1, "SC05": 1, "SC06": 1, "SC07": 1, "SC12": 1, "SC32": 1,
    }  # fmt: skip

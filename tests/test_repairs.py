"""Which cells of a submission count otherwise than they were typed."""

from test_read import FILLED, read, write

from tdkt_batch.rules.repairs import repair_counts, repairs_of

SUBMISSION = read(write(FILLED))


def test_each_repair_has_original_result_and_rule():
    assert [(v.field, v.raw, v.value, v.repair.rule) for v in repairs_of(SUBMISSION)][3:7] == [
        ("thoi_luong", SUBMISSION.values["thoi_luong"].raw, "1/2 ngày", "SC07"),
        ("tong_dai_bieu_th", "1.200", 1200, "SC02"),
        ("dien_hinh_th", "85 người", 85, "SC05"),
    ]


def test_repairs_are_counted_by_rule():
    assert repair_counts(SUBMISSION) == {
        "SC02": 1, "SC05": 1, "SC06": 2, "SC07": 1, "SC12": 1,
    }  # fmt: skip

"""What figures are called where the form has no label, and what a question counts."""

from __future__ import annotations

UNNAMED_VALUE = "số liệu"
"""A value that a rule lacks, where it cannot say which."""

OTHER_UNITS = " và {number} đơn vị khác"
OTHER_FAULTS = " và {number} nội dung khác"

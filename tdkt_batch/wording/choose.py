"""What is said of a unit's files side by side."""

from __future__ import annotations

ROW = "dòng {number}"
"""A row of a list that no name marks."""

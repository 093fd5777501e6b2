"""What is said of a unit's files side by side."""

from __future__ import annotations

from tdkt_batch.wording import shared

ROW = shared.ROW
"""A row of a list that no name marks."""

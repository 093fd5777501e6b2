"""The sample province: a month of filled forms with known faults and their truth table."""

from tdkt_batch.demo.clean import MONTH
from tdkt_batch.demo.sample import RECEIVED_UNTIL, make_province
from tdkt_batch.demo.truth import Truth, truth_csv, truth_rows

__all__ = ["MONTH", "RECEIVED_UNTIL", "Truth", "make_province", "truth_csv", "truth_rows"]

"""The sample province: a month of filled forms with known faults and their truth table."""

"""The form as a workbook: where its cells stand, writing it, reading it."""

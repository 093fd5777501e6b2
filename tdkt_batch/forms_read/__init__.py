"""A workbook known to be a form → a submission: find, understand, repair, identify."""

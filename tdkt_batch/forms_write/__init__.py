"""A form definition and what is to stand in it → an .xlsx: blank, pre-filled or annotated."""

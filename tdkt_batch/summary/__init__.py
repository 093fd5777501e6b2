"""The consolidated workbook: one module a sheet, one for styles; ``workbook`` assembles them."""

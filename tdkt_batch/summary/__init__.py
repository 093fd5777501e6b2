"""The consolidated workbook, one module a sheet."""

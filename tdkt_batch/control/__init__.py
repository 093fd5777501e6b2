"""The board's control workbook (sổ quyết định): written and read by every run."""

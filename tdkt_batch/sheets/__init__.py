"""One layer over XlsxWriter: cells, columns, pages, styles, the heights of rows."""

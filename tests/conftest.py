"""Import the package before any test imports openpyxl, as the program itself does."""

import tdkt_batch  # noqa: F401

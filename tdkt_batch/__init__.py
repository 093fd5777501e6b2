"""Check emulation-conference reports against the guidance and consolidate the province."""

import os

__version__ = "0.1.0"

# openpyxl shall take the standard library's parser, which defusedxml guards, and not
# lxml, which python-docx brings along: it decides once, when it is first imported.
os.environ.setdefault("OPENPYXL_LXML", "False")

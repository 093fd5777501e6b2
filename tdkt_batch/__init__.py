"""Check emulation-conference reports against the guidance and consolidate the province."""

__version__ = "0.1.0"

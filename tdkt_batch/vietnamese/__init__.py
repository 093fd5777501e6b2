"""Vietnamese as it is written, compared, spelled, and typed in fonts of before Unicode."""

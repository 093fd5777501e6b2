"""Files that arrived → readings, in worker processes."""

"""How changed forms and deadly files fare in bulk: 2,000 of each format, 2 killers among 500.

Run from the project's folder: ``python benchmarks/mutations.py [changes] [good forms]``.
The figures stand in the log; a value read wrongly fails the run.
"""

from __future__ import annotations

import os
import sys

import pytest


def main(changes: str = "2000", good_forms: str = "500") -> int:
    """Run the tests of chance with these numbers and show what they counted."""
    os.environ |= {"TDKT_MUTATIONS": changes, "TDKT_GOOD_FORMS": good_forms}
    shown = ["-o", "log_cli=true", "--log-cli-level=INFO"]
    return pytest.main(["tests/test_mutations.py", "-q", "--durations=0", *shown])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""``python -m tdkt_batch``: the same as ``tdkt-batch``."""

from tdkt_batch.cli import main

if __name__ == "__main__":
    main()

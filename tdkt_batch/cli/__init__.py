"""The command line: arguments → one library call → words. No logic of the domain."""

from tdkt_batch.cli.commands import main, program

__all__ = ["main", "program"]

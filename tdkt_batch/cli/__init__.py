"""The command line: arguments → one library call → words. No logic of the domain."""


def main() -> None:
    """Run the command that was typed.

    A worker process imports the module that was started, and with it only this.
    """
    from tdkt_batch.cli.commands import main as run

    run()

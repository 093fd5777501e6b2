"""What workers of the tests do: what they are told, and end themselves in all ways."""

import os
import threading
import time
from pathlib import Path

import psutil


def do(job):
    """Do as one is told: the jobs of these tests."""
    what, _, about = job.partition(" ")
    match what:
        case "abort":
            os.abort()
        case "hang":
            time.sleep(60)
        case "work":
            until = time.process_time() + float(about)
            while time.process_time() < until:
                pass
        case "wait":
            time.sleep(float(about))
        case "grow":
            held = [bytearray(50_000_000) for _ in range(100)]
            for piece in held:
                piece[::4096] = b"x" * len(piece[::4096])
            time.sleep(60)
        case "slay":
            above = psutil.Process().parent()
            if above and "dask" in above.cmdline():  # and nothing else, should that be gone already
                above.kill()
                time.sleep(60)
        case "raise":
            raise type("PanicException", (BaseException,), {})
        case "leave":
            threading.Timer(0.1, os._exit, [1]).start()
        case "once" if not Path(about).exists():
            Path(about).touch()
            os.abort()
    return job.upper()


def fails_to_start():
    os._exit(1)

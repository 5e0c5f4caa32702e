"""`python -m rag` is `yanju`."""

from __future__ import annotations

import os
import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; stopped while it is still being loaded, it says so as it does later."""
    raises = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if raises:  # a KeyboardInterrupt would abort the process where it comes while C++ loads
        signal.signal(signal.SIGINT, _leave)
    from rag.commands import main as run

    if raises:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(*_: object) -> None:
    """End at once: while loading there is nothing to clean up."""
    sys.stderr.write("已中断。\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()

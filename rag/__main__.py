"""`python -m rag` is `yanju`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

INTERRUPTED = 130


def main() -> None:
    """Run the command line; stopped while it is still being loaded, it says so as it does later."""
    raises = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if raises:  # a KeyboardInterrupt would abort the process where it comes while C++ loads
        signal.signal(signal.SIGINT, _leave)
    _begin(sys.argv[1:])
    from rag.commands import main as run

    if raises:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _begin(arguments: Sequence[str]) -> None:
    """Where a question is asked of the model that is set, let it be loaded on the other core while the rest is."""
    if arguments[:1] == ["ask"] and not any(argument.startswith("--model") for argument in arguments):
        from rag.search import encoder, runtime  # noqa: F401 -- what the model runs on, loaded before it is needed
        from rag.settings import DEFAULT_MODEL

        encoder.begin(os.environ.get("YANJU_MODEL") or DEFAULT_MODEL)


def _leave(*_: object) -> None:
    """End at once: while loading there is nothing to clean up."""
    sys.stderr.write("已中断。\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()

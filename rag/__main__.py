"""`python -m rag` is `yanju`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; stopped while it is still being loaded, it says so as it does later."""
    try:
        from rag.commands import main as run
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
        sys.exit(130)  # as `commands` does, once it is loaded
    run()


if __name__ == "__main__":
    main()

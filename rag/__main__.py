"""`python -m rag` is `yanju`."""

from rag.commands import main

main()

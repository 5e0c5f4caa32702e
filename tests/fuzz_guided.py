"""Fuzz the readers and the outline with atheris, which keeps what reaches code that was not reached before.

    pip install atheris    # in an environment of its own beside the product: it is no dependency of the tests
    python -m tests.fuzz_guided FOLDER -max_total_time=600 -timeout=60

FOLDER keeps the files found to be of use; the first are those of `tests.fuzz`. The first byte says what the others are.
Ends, with the file that broke it, at the first crash, hang, or equation that does not hold (`tests.fuzz.check`).
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rag"]):
    from tests import fuzz

KINDS = sorted(fuzz.READERS)


def one(data: bytes) -> None:
    """Read one file."""
    if data:
        fuzz.check(KINDS[data[0] % len(KINDS)], data[1:])


def main() -> None:
    """Put the first files into the folder, and fuzz as libFuzzer's options say."""
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for kind, files in fuzz.seeds(KINDS).items():
        for number, data in enumerate(files):
            (folder / f"{kind}-{number}").write_bytes(bytes([KINDS.index(kind)]) + data)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Whether a line of a file was written in another encoding than the rest: texts put one behind another by a program that knew neither.

As a whole such a file can be read, and part of it comes out as characters that nobody wrote. Knows UTF-8 and Big5 amid
GB18030, and UTF-8 and GB18030 amid Big5; amid UTF-8 nothing else is valid.
"""

from __future__ import annotations

import re

from rag.reading.evidence import BIG5, BIG5_HONG_KONG, GB18030, UTF8, Codec, big5, evidence_of, proven

_LEAST_NATS = 12.0
_UNLIKELY_NATS = 0.5
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}")


def foreign_line(data: bytes, codec: Codec) -> tuple[int, Codec] | None:
    """The first line of `data`, by number, that is by far likelier in another encoding than `codec`, and that encoding."""
    if codec not in (GB18030, BIG5, BIG5_HONG_KONG):
        return None
    for number, line in enumerate(data.split(b"\n"), 1):
        other = None if line.isascii() else _other(line, codec)
        if other is not None:
            return number, other
    return None


def _other(line: bytes, codec: Codec) -> Codec | None:
    for run in _UTF8_RUN.finditer(line):
        if _nats(run[0].decode("utf-8", "ignore"), UTF8) - _nats(run[0].decode(codec.name, "ignore"), codec) > _LEAST_NATS:
            return UTF8
    own = line.decode(codec.name, "ignore")
    if _nats(own, codec) > _UNLIKELY_NATS * len(own):
        return None
    other, text = big5(line) if codec is GB18030 else (GB18030, proven(line, GB18030.name))
    return other if text is not None and _nats(text, other) - _nats(own, codec) > _LEAST_NATS else None


def _nats(text: str, codec: Codec) -> float:
    """What speaks for a part of a file being in an encoding, whatever the whole is in."""
    return evidence_of(text, codec) - codec.prior

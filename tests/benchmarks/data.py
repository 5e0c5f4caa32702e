"""Paragraphs and questions for the benchmarks: sentences of invented official writing, put together anew."""

import random
from pathlib import Path

TRIAL = Path(__file__).resolve().parents[2] / "rag" / "search"


def paragraphs(count: int, characters: int, seed: int = 0) -> list[str]:
    """`count` paragraphs of about `characters` characters, each different."""
    drawn = random.Random(seed)
    lines = (TRIAL / "trial_passages.txt").read_text(encoding="utf-8").splitlines()
    sentences = [f"{one}。" for line in lines for one in line.split("。") if one]
    made = []
    for number in range(count):
        text = f"第{number}号材料:"
        while len(text) < characters:
            text += drawn.choice(sentences)
        made.append(text[:characters].rstrip(",;:、"))
    return made


def questions() -> list[str]:
    """Questions as they are typed."""
    return (TRIAL / "trial_queries.txt").read_text(encoding="utf-8").splitlines()

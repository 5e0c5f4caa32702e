"""A small corpus to build from, and what a build leaves behind."""

from pathlib import Path

STYLE = "关于作风建设的讲话\r\n同志们：\r\n一要抓落实。\r\n二要讲实话。\r\n"


def write_corpus(below: Path) -> Path:
    """A folder `below` with two speeches and a file that can't be read."""
    folder = below / "corpus"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "作风.txt").write_bytes(STYLE.encode("gb18030"))
    (folder / "安全.md").write_text("# 关于安全生产的讲话\n\n要严查隐患，今年事故下降6.5%。\n", encoding="utf-8")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return folder


def left(index: Path) -> list[str]:
    """What lies in the index folder, the lock aside."""
    return sorted(entry.name for entry in index.iterdir() if entry.name != ".lock")

"""What a library of a given size will cost here: disk, memory while asking, time to build."""

from __future__ import annotations

import time
from dataclasses import dataclass

from rag.search import encoder
from rag.search.vectors import EXACT_UP_TO

# Bytes for a passage of 185 characters, measured with invented passages (tests/benchmarks/scale.py).
WORD_BYTES = 2_300  # 200 entries of 5 bytes in real texts, 340 in the invented ones; columns; tokens
TEXT_BYTES = 1_500  # the document's text, the passage's own copy with its headings, the outline
CLUSTER_BYTES = 530  # what FAISS keeps beside the vectors, for 512 dimensions
PROCESS_BYTES = 180 * 2**20  # Python, its libraries, the model, before any passage
CUT_SECONDS = 0.002  # reading, outlining, cutting and counting one passage on one core
TRIED = 8  # passages that are embedded to see how fast this machine is
_SAMPLE = "全市上下要认真贯彻落实各项部署,切实改进工作作风,密切联系群众,把重点项目建设抓紧抓实,确保全年目标任务如期完成。" * 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Estimates for `passages` passages: bytes on the disk, bytes in memory while asking, seconds to build."""

    passages: int
    disk: int
    memory: int
    seconds: float

    def words(self) -> str:
        """The estimates for a reader."""
        minutes = self.seconds / 60
        span = f"{self.seconds:.0f}秒" if minutes < 2 else f"{minutes:.0f}分钟" if minutes < 120 else f"{minutes / 60:.1f}小时"
        return (
            f"{self.passages}个片段（每个约185字）的估计：每个版本占硬盘{self.disk / 2**20:.0f} MB，"
            f"提问时占内存至多{self.memory / 2**20:.0f} MB，在本机从头建一次约{span}。"
        )


def estimate(passages: int, model: str) -> Cost:
    """What `passages` passages will cost with `model`, which embeds a few texts to see how fast this machine is. ModelError."""
    loaded = encoder.load(model)
    loaded.queries([_SAMPLE])
    started = time.perf_counter()
    loaded.passages([f"{number}{_SAMPLE}" for number in range(TRIED)])
    each = (time.perf_counter() - started) / TRIED
    exact = passages <= EXACT_UP_TO
    vectors = loaded.dimensions * (4 if exact else 2) + (0 if exact else CLUSTER_BYTES)
    disk = passages * (vectors + WORD_BYTES + TEXT_BYTES)
    return Cost(passages, disk, PROCESS_BYTES + passages * (vectors + WORD_BYTES // 4), passages * (each + CUT_SECONDS))

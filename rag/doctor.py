"""What is installed, which model and index are in use, what is wrong, and how to mend it."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any

from rag import __version__
from rag.answer import synonyms
from rag.answer.phrases import PHRASES
from rag.errors import WriterFault, WriterSetting, YanjuError
from rag.index import library
from rag.index.verify import verify
from rag.reading.differences import changes
from rag.search import conversion, encoder
from rag.settings import Settings

PACKAGES = (
    "onnxruntime", "tokenizers", "torch", "sentence-transformers", "transformers", "faiss-cpu", "gradio",
    "langchain-text-splitters", "numpy",
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; `problems` each say what is wrong and how to mend it."""

    version: str
    python: str
    system: str
    packages: dict[str, str]
    corpus: str
    index: str
    model: str
    model_runs_on: str | None
    build: str | None
    documents: int
    passages: int
    behind: tuple[str, ...]
    problems: tuple[str, ...]
    phrases: dict[str, str]
    writer: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return asdict(self)

    def words(self) -> str:
        """The findings for a reader."""
        lines = [
            f"言据 {self.version}，Python {self.python}，{self.system}",
            "组件：" + "，".join(f"{name} {version}" for name, version in self.packages.items()),
            f"资料：{self.corpus}",
            f"模型：{self.model}" + (f"，运行于{self.model_runs_on}" if self.model_runs_on else ""),
            f"索引：{self.index}" + (f"，版本 {self.build}，{self.documents}份文件，{self.passages}个片段" if self.build else "，还没有建"),
        ]
        lines += [f"语言模型：{self.writer or '没有设，回答只用原文'}"]
        lines += [f"有变动：{name}" for name in self.behind]
        lines += [f"问题：{problem}" for problem in self.problems] or ["没有发现问题。"]
        return "\n".join(lines)


def examine(settings: Settings) -> Findings:
    """Look at everything without changing or fetching anything."""
    problems = _synonyms_unread(settings)
    opened, behind, wrong = _index(settings)
    problems.extend(wrong)
    runs_on = _runs_on(settings.model)
    if runs_on is None:
        problems.append("模型还没有在本机备好：运行 yanju build 时会自动取来并转换一次，默认模型需要能用 pip。")
    writer, trouble = _writer(settings)
    problems.extend(trouble)
    return Findings(
        writer=writer,
        version=__version__,
        python=sys.version.split()[0],
        system=platform.platform(),
        packages={name: _version(name) for name in PACKAGES},
        corpus=str(settings.corpus),
        index=str(settings.index),
        model=settings.model,
        model_runs_on=runs_on,
        build=opened.build if opened else None,
        documents=len(opened.documents) if opened else 0,
        passages=len(opened.passages) if opened else 0,
        behind=behind,
        problems=tuple(problems),
        phrases=dict(PHRASES),
    )


def _index(settings: Settings) -> tuple[library.Library | None, tuple[str, ...], list[str]]:
    """The library that answers, where one opens, the files that have changed since it was built, and what is wrong with it."""
    opened: library.Library | None = None
    behind: tuple[str, ...] = ()
    problems = []
    try:
        problems += [f"索引文件损坏：{problem}。请运行 yanju build。" for problem in verify(settings.index)]
        opened = library.load(settings.index)
        found = changes(settings.corpus, opened.manifest.sources)
        behind = (*found.added, *found.changed, *found.removed)
        problems += _model_differs(opened, settings)
    except YanjuError as error:
        problems.append(str(error))
    if behind:
        problems.append(f"索引落后于资料文件夹（{len(behind)}个文件有变动）：请运行 yanju build。")
    return opened, behind, problems


def _synonyms_unread(settings: Settings) -> list[str]:
    try:
        synonyms.load(settings.synonyms)
    except YanjuError as error:
        return [str(error)]
    return []


def _runs_on(name: str) -> str | None:
    """How the model runs on this machine, and why not in a smaller form; None where it was not made ready yet."""
    try:
        found = conversion.kept(name)
    except YanjuError:
        return None
    if found is None:
        return None
    form = {"int8": "ONNX Runtime，八位整数", "fp32": "ONNX Runtime，单精度", "torch": "sentence-transformers"}[found[1].form]
    return f"{form}（{found[1].why}）" if found[1].why else form


def _model_differs(opened: library.Library, settings: Settings) -> list[str]:
    built = opened.manifest.model
    if encoder.known_fingerprint(settings.model) in (None, built.fingerprint):
        return []
    return [f"索引是用模型{built.name}建的，现在设的是{settings.model}：请运行 yanju build。"]


def _writer(settings: Settings) -> tuple[str | None, list[str]]:
    """What the language model is and how fast, where one is set, and what is wrong with it."""
    if not settings.writes:
        return None, []
    from rag.writer import access
    from rag.writer.client import Client

    try:
        reached = access.load()
        probe = Client(reached).probe()
    except WriterSetting as problem:
        return "设置有误", [str(problem)]
    except WriterFault as fault:
        return f"{reached.model}（{reached.host}），没有应答", [f"{fault.words}：请检查服务是否在运行、网址、名称和密钥。"]
    return f"{probe.model}（{reached.host}），应答正常，{probe.first:.2f}秒出第一个字", []


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "未安装"

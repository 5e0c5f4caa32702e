"""How the language model is reached: where it answers, its name, the key, how much it reads, how long it may take.

All from the environment: YANJU_LLM_URL, YANJU_LLM_MODEL, YANJU_LLM_KEY or YANJU_LLM_KEY_FILE, YANJU_LLM_CONTEXT,
YANJU_LLM_SECONDS. The key stands in no other place: not in a URL, a message, a log, an answer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import WriterSetting

CONTEXT_TOKENS = 4096  # what Ollama reads of a prompt unless told otherwise; more is cut off there without a word
FIRST_SECONDS = 30.0  # a model of 7 B parameters on a processor reads 4,096 tokens in about this time
_KEY_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Access:
    """Where the model is and what it may take. `first` seconds to the first word, `idle` between two, `total` in all."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    context: int = CONTEXT_TOKENS
    first: float = FIRST_SECONDS
    idle: float = FIRST_SECONDS / 2
    total: float = FIRST_SECONDS * 4

    @property
    def host(self) -> str:
        """The server's name and port, as users are shown it."""
        return urlsplit(self.url).netloc


def load(environment: Mapping[str, str] = os.environ) -> Access:
    """What the environment sets. WriterSetting where something is missing, or not safe."""
    seconds = _number(environment, "YANJU_LLM_SECONDS", FIRST_SECONDS, least=0.1)
    return Access(
        url=_url(environment.get("YANJU_LLM_URL", "")),
        model=_model(environment.get("YANJU_LLM_MODEL", "")),
        key=_key(environment),
        context=int(_number(environment, "YANJU_LLM_CONTEXT", CONTEXT_TOKENS, least=1024)),
        first=seconds,
        idle=seconds / 2,
        total=seconds * 4,
    )


def _url(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise WriterSetting("YANJU_LLM_URL", "不是网址，应写成 http://127.0.0.1:11434/v1 这样")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WriterSetting("YANJU_LLM_URL", "里不能写密钥、用户名或参数，密钥请用 YANJU_LLM_KEY_FILE")
    return url.strip().rstrip("/")


def _model(name: str) -> str:
    if not name.strip():
        raise WriterSetting("YANJU_LLM_MODEL", "没有设，应写模型在服务器上的名称")
    return name.strip()


def _number(environment: Mapping[str, str], name: str, default: float, least: float) -> float:
    try:
        value = float(environment.get(name) or default)
    except ValueError:
        value = -1.0
    if not least <= value < float("inf"):
        raise WriterSetting(name, f"应是不小于{least:g}的数")
    return value


def _key(environment: Mapping[str, str]) -> str:
    if environment.get("YANJU_LLM_KEY_FILE"):
        return _sound("YANJU_LLM_KEY_FILE", _read(Path(environment["YANJU_LLM_KEY_FILE"])))
    return _sound("YANJU_LLM_KEY", environment.get("YANJU_LLM_KEY", ""))


def _sound(name: str, key: str) -> str:
    key = key.strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise WriterSetting(name, "里的密钥应是一行，没有空格和汉字")
    return key


def _read(path: Path) -> str:
    """The key in a file that nobody else may read."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise WriterSetting("YANJU_LLM_KEY_FILE", "指的文件别人也能读，请先运行 chmod 600 收紧权限")
            return file.read(_KEY_CHARACTERS)
    except (OSError, UnicodeDecodeError) as error:
        raise WriterSetting("YANJU_LLM_KEY_FILE", f"指的文件读不了（{type(error).__name__}），请检查路径和权限") from error

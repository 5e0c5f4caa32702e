"""How the model is reached: from the environment, safely, the key seen nowhere."""

import os
from pathlib import Path

import pytest

from rag.errors import WriterSetting
from rag.writer.access import load

PLAIN = {"YANJU_LLM_URL": "http://127.0.0.1:11434/v1/", "YANJU_LLM_MODEL": "qwen"}


def test_what_is_not_set_has_a_default() -> None:
    """No key, a context of 4,096 tokens, half a minute to the first word."""
    found = load(PLAIN)
    assert (found.url, found.model, found.key, found.context, found.first) == ("http://127.0.0.1:11434/v1", "qwen", "", 4096, 30.0)
    assert found.host == "127.0.0.1:11434"


@pytest.mark.parametrize(
    ("name", "value"),
    [("YANJU_LLM_URL", "127.0.0.1"), ("YANJU_LLM_URL", "http://sk-secret@host/v1"), ("YANJU_LLM_URL", "http://host/v1?key=sk-secret"),
     ("YANJU_LLM_URL", "file:///v1"), ("YANJU_LLM_URL", "http://[/v1"), ("YANJU_LLM_MODEL", " "), ("YANJU_LLM_SECONDS", "nan"),
     ("YANJU_LLM_CONTEXT", "12"), ("YANJU_LLM_KEY", "两 行"), ("YANJU_LLM_KEY_FILE", "/没有")],
)  # fmt: skip
def test_what_can_not_be_used_is_named_without_its_secret(name: str, value: str) -> None:
    """The setting's name and what to do; never what it holds."""
    with pytest.raises(WriterSetting) as raised:
        load({**PLAIN, name: value})
    assert raised.value.name == name and "sk-secret" not in str(raised.value)


def test_a_key_is_read_from_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    """One line, trimmed; and it does not show."""
    file = tmp_path / "钥匙"
    file.write_text("sk-secret\n", encoding="utf-8")
    file.chmod(0o600)
    found = load({**PLAIN, "YANJU_LLM_KEY_FILE": str(file), "YANJU_LLM_KEY": "other"})
    assert found.key == "sk-secret" and "sk-secret" not in repr(found)


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """With what to do about it."""
    file = tmp_path / "钥匙"
    file.write_text("sk-secret\n", encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(WriterSetting, match="chmod 600"):
        load({**PLAIN, "YANJU_LLM_KEY_FILE": str(file)})

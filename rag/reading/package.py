"""An office file that is a zip of XML parts, opened within bounds: its parts, and what each is related to.

Sizes are limited before anything is unpacked, entities are never expanded, nothing outside the file is ever read.
Read with zipfile and lxml (BSD licence, wheels for every system).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from rag.errors import UnreadableFile

Element = Any  # lxml publishes no types

MOST_PARTS = 20_000
PART_BYTES = 64 * 2**20  # unpacked; the text of 500 pages has 10 MB of XML
ALL_BYTES = 256 * 2**20
_REPAIR = "请用WPS或Word打开核对，另存为.docx，放回原处。"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part is related to: the last word of the relation's type, and the other part's name."""

    kind: str
    target: str


class Package:
    """The parts of one file by name, case set aside; UnreadableFile with the reason where it can't be trusted."""

    def __init__(self, data: bytes, document: str) -> None:
        self._document = document
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise self._damaged("压缩包结构不完整") from error
        if len(entries) > MOST_PARTS:
            raise UnreadableFile(document, f"里面有{len(entries)}个部件，不像正常的文档，没有打开：{_REPAIR}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile(document, "已加密：请打开后去掉密码，另存，放回原处。")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise self._damaged("有两个部件同名")
        self._left = ALL_BYTES

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._entries)

    def root(self, name: str) -> Element:
        """The root element of an XML part."""
        return self.parsed(self._bytes(name))

    def parsed(self, data: bytes) -> Element:
        """The root element of `data`: whole, well-formed, without declarations of entities."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
                                 remove_pis=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(f"内部的XML不完整（{error}）") from error
        if root.getroottree().docinfo.doctype:
            raise UnreadableFile(self._document, f"内部含有实体声明（DTD），正常的文档没有，没有打开：{_REPAIR}")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What the part is related to, by relation id; of things outside the file none."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for one in children(self.root(rels)):
            target = one.get("Target") or ""
            if one.get("TargetMode") != "External" and target:
                place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], place)
        return found

    def _bytes(self, name: str) -> bytes:
        entry = self._entries.get(name.lower())
        if entry is None:
            raise self._damaged(f"缺少部件{name}")
        if entry.file_size > min(PART_BYTES, self._left):
            raise UnreadableFile(self._document, f"部件{name}解压后有{entry.file_size / 2**20:.0f} MB，过大，没有打开：请拆成几个文件。")
        self._left -= entry.file_size
        try:
            with self._zip.open(entry) as file:
                return file.read(PART_BYTES)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise self._damaged(f"部件{name}读不出来") from error

    def _damaged(self, what: str) -> UnreadableFile:
        return UnreadableFile(self._document, f"文件已损坏（{what}）：{_REPAIR}")


def local(element: Element) -> str:
    """An element's name without its namespace: transitional and strict files differ only in that."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, name: str | None = None) -> Iterator[Element]:
    """The child elements, or those of one name."""
    return (child for child in element if isinstance(child.tag, str) and (name is None or local(child) == name))


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute's value, its namespace set aside, or None."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)

"""What a file of the corpus is, told by its bytes before its name: old files are often called what they are not.

Leaves out text files: `decode` tells what is in them.
"""

from __future__ import annotations

from typing import Literal

from rag.errors import UnreadableFile

Kind = Literal["docx", "pdf", "html", "mht", "office"]

_BY_OFFICE = "请用WPS或Word打开，另存为“纯文本(*.txt)”，编码选UTF-8，放回原处。"
_AS_DOCUMENT = "请把要用的文字另存为.docx或UTF-8编码的.txt，放回原处。"
_CHECKED = "请用WPS或Word打开核对，另存为.docx，放回原处。"
_SAVED_AS = "请用WPS或Word打开，另存为.docx，放回原处。"
_EXPORTED = "请用它的阅读器打开，导出为带文字的PDF或.docx，放回原处。"
_TEXTS = (".docm", ".dotx", ".dotm", ".dot", ".wpt", ".uof", ".uot", ".fodt")
_PRINTED = (".ceb", ".cebx", ".gd", ".sep", ".caj")  # as offices and publishers print into
# What is not read, with what to do.
REMEDIES = {
    ".ofd": "暂不支持.ofd格式：请用OFD阅读器打开，导出为带文字的PDF，或把文字复制到记事本，另存为UTF-8编码的.txt，放回原处。",
    **{extension: f"暂不支持{extension}格式：{_SAVED_AS}" for extension in _TEXTS},
    **{extension: f"暂不支持{extension}格式：{_EXPORTED}" for extension in _PRINTED},
    **{extension: f"暂不支持{extension}格式（表格）：{_AS_DOCUMENT}" for extension in (".xls", ".xlsx", ".et")},
    **{extension: f"暂不支持{extension}格式（演示文稿）：{_AS_DOCUMENT}" for extension in (".ppt", ".pptx", ".dps")},
}
READ = frozenset({".docx", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".doc", ".wps", ".rtf", ".odt"})
OFFICE = frozenset({".doc", ".wps", ".rtf", ".odt"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SECTOR = 512
_WORD_BINARY = b"\xec\xa5"  # where a Word file's stream begins ([MS-DOC] 2.5.2, FibBase)
_ENCRYPTED_BIT = 0x01  # of its byte 11
_LOCKED = "已加密：请打开后去掉密码，另存，放回原处。"


def kind_of(data: bytes, extension: str, document: str) -> Kind:
    """How the file is to be read; UnreadableFile where it can't be: encrypted, or of another kind than any that is read."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _of_ole(data, document)
    if data.startswith(_ZIP):
        return _of_zip(data, extension, document)
    if data.lstrip()[:5].lower() == b"{\\rtf":
        return "office"
    if extension in (".mht", ".mhtml") or data[:200].lstrip().lower().startswith(b"mime-version:"):
        return "mht"
    if extension in (".html", ".htm") or _is_page(data):
        return "html"
    raise UnreadableFile(document, f"内容不是{extension}文件应有的，可能已损坏，或扩展名不对：{_CHECKED}")


def _of_ole(data: bytes, document: str) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(document, _LOCKED)
    streams = {name: name.encode("utf-16-le") in data for name in ("WordDocument", "Workbook", "PowerPoint Document")}
    if not streams["WordDocument"] and streams["Workbook"]:
        raise UnreadableFile(document, REMEDIES[".xls"])
    if not streams["WordDocument"] and streams["PowerPoint Document"]:
        raise UnreadableFile(document, REMEDIES[".ppt"])
    for start in range(_SECTOR, len(data), _SECTOR):
        if data.startswith(_WORD_BINARY, start) and start + 11 < len(data) and data[start + 3] == 0 and data[start + 11] & _ENCRYPTED_BIT:
            raise UnreadableFile(document, _LOCKED)
    return "office"


def _of_zip(data: bytes, extension: str, document: str) -> Kind:
    start = data[:4096]
    if b"mimetypeapplication/vnd.oasis.opendocument" in start:
        if b"opendocument.text" not in start:
            raise UnreadableFile(document, f"是表格或演示文稿，不是文字文档：{_AS_DOCUMENT}")
        return "office"
    if extension == ".docx" or b"word/" in data:
        return "docx"
    if b"xl/workbook" in data or b"ppt/presentation" in data:
        raise UnreadableFile(document, REMEDIES[".xlsx" if b"xl/workbook" in data else ".pptx"])
    raise UnreadableFile(document, "是压缩文件，不是文档：请解压后把其中的文档放入语料文件夹。")


def _is_page(data: bytes) -> bool:
    start = data[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head")) or (start.startswith((b"<?xml", b"<!--")) and b"<html" in start)

"""What a made file is, and the sentences that the files hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

FIGURE = "今年,全县生产总值完成236.5亿元,增长7.2%;规模以上工业总产值480.3亿元,增长9.1%,其中增加值121亿元。"
STYLE = "做好工作,要养成四种作风,各乡镇要逐条对照检查,把问题一件一件整改落实到位,年底由县委督查室统一验收。"
DUTY = "值班人员必须二十四小时在岗,不得擅自离开,突发事项要在三十分钟内报告县政府总值班室。"
RARE = "朱镕基、陶喆和䶮姓同志到会,会议由𠮷田镇承办。"


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what is expected of it: `holds` and `lacks` of its text, or else `reason`, a part of the report."""

    path: str
    data: bytes
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    reason: str | None = None


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files; an OpenDocument's type is stored as it is, as its standard asks."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return data.getvalue()

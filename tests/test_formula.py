"""A formula of an office document stands in one line as one would type it."""

import pytest
from lxml import etree

from rag.reading import formula

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def run(text: str) -> str:
    """Plain characters of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(("inner", "line"), [
    (run("x+y"), "x+y"),
    (f"<m:f><m:fPr/><m:num>{run('a-b')}</m:num><m:den>{run('b')}</m:den></m:f>", "(a-b)/b"),
    (f"<m:sSup><m:e>{run('10')}</m:e><m:sup>{run('8')}</m:sup></m:sSup>", "10⁸"),
    (f"<m:sSup><m:e>{run('a+b')}</m:e><m:sup>{run('n+1')}</m:sup></m:sSup>", "(a+b)^(n+1)"),
    (f"<m:d><m:e>{run('a')}</m:e><m:e>{run('b')}</m:e></m:d>", "(a|b)"),
    (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>{run("a")}</m:e></m:d>', "[a"),
    (f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('8')}</m:e></m:rad>", "3√8"),
    (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
     f'<m:sub>{run("i")}</m:sub><m:sup>{run("n")}</m:sup><m:e>{run("x")}</m:e></m:nary>', "∑i^nx"),
])
def test_what_stands_above_and_within_is_kept(inner: str, line: str) -> None:
    """A fraction is no number of two digits, a power no product, and brackets stay."""
    assert formula.written(etree.fromstring(f'<m:oMath xmlns:m="{M}">{inner}</m:oMath>')) == line

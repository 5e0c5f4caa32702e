"""Which names a document has so often that it is about them."""

from rag.answer.mentions import OFTEN, Mentions
from tests.small import shelf_of


def test_a_document_is_about_what_it_names_often_and_not_about_another_province() -> None:
    """Fewer times are not enough; what stands in its title says which province it is of."""
    text = "2025年安徽省政府工作报告\n各位代表:\n" + "江苏来客。合肥增产。" * OFTEN + "青溪县" * (OFTEN - 1) + "\n"
    shelf = shelf_of({"报告.txt": text})
    mentions, (speech,) = Mentions(shelf), shelf.every_speech()
    assert mentions.often("江苏", "报告.txt") and mentions.often("合肥", "报告.txt") and not mentions.often("青溪", "报告.txt")
    assert mentions.about("合肥", "报告.txt", speech) and not mentions.about("江苏", "报告.txt", speech)

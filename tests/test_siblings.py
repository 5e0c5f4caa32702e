"""Lists that the outline holds: siblings of one form, in order."""

from hypothesis import given

from rag.answer.places import Shelf
from rag.answer.siblings import lists_under
from rag.outline.headings import heading_text
from tests.drafts import drafts
from tests.small import shelf_of


def headings(shelf: Shelf) -> list[list[str]]:
    """The items of every outline list of the library."""
    found = []
    for path, speeches in shelf.speeches.items():
        text = shelf.documents[path].text
        for speech in speeches:
            for node in speech.root.walk():
                found += [[heading_text(text, item) for item in one.items] for one in lists_under(text, speech, node)]
    return found


@given(drafts().filter(lambda text: text.strip()))
def test_the_items_of_a_list_are_siblings_in_order(text: str) -> None:
    """Whatever the text, a list has two items at least, and their numbers go up where they have numbers."""
    shelf = shelf_of({"讲话.txt": text})
    for speech in shelf.speeches["讲话.txt"]:
        for node in speech.root.walk():
            for found in lists_under(text, speech, node):
                ordinals = [item.ordinal for item in found.items]
                assert len(found.items) > 1 and all(item in node.children for item in found.items)
                assert [item.start for item in found.items] == sorted(item.start for item in found.items)
                assert None in ordinals or ordinals == sorted({one for one in ordinals if one is not None})


def test_numbering_that_starts_again_starts_another_list() -> None:
    """一是二是 of the first task and 一是二是 of the second are two lists."""
    text = "讲话\n同志们:\n要做两件事:\n一是修路。二是架桥。\n还要防两件事:\n一是防火。二是防汛。三是防旱。\n"
    assert [one for one in headings(shelf_of({"讲话.txt": text})) if "修路" in one[0] or "防火" in one[0]] == [
        ["一是修路", "二是架桥"], ["一是防火", "二是防汛", "三是防旱"],
    ]


def test_a_paragraph_that_announces_what_follows_begins_another_list() -> None:
    """Dashes count nothing: a sentence between them tells where the next list begins, and what it is a list of."""
    text = (
        "讲话\n同志们:\n家园的主要特征,人人都看得见。\n——道路宽。路很宽。\n——河流长。河很长。\n"
        "建设家园是大事。前进路上,必须把握以下原则。\n——坚持种树。年年种。\n——坚持护林。天天护。\n"
    )
    shelf = shelf_of({"讲话.txt": text})
    lists = [found for speech in shelf.every_speech() for node in speech.root.walk() for found in lists_under(text, speech, node)]
    assert [len(found.items) for found in lists] == [2, 2]
    assert lists[1].lead.strip() == "前进路上,必须把握以下原则。"

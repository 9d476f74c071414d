"""The body of a page: every block an editor may use in it."""

from typing import Any

from wagtail import blocks

from home.blocks.lists import ButtonBlock, DefinitionsBlock, QuestionsBlock, StepsBlock
from home.blocks.text import HeadingBlock, NoticeBlock, PictureBlock, QuoteBlock, TextBlock

BODY_BLOCKS: list[tuple[str, Any]] = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("quote", QuoteBlock()),
    ("notice", NoticeBlock()),
    ("picture", PictureBlock()),
    ("questions", QuestionsBlock()),
    ("definitions", DefinitionsBlock()),
    ("steps", StepsBlock()),
    ("button", ButtonBlock()),
]


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page's body."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or BODY_BLOCKS, **kwargs)

    class Meta:
        required = False

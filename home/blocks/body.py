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

# Pictures are public files, whoever sees the page: not for the member area, which has its own (news/blocks.py).
MEMBER_BLOCKS = [(name, block) for name, block in BODY_BLOCKS if name != "picture"]


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page's body."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or BODY_BLOCKS, **kwargs)

    class Meta:
        required = False

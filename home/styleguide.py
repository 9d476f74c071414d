"""What the style guide shows; the apps above this one offer their own pieces, so that imports keep pointing home."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from laces.components import Component
from wagtail.blocks import Block, StreamValue

from home.blocks import BodyBlock

Samples = Callable[[Any], Iterable[Component]]
_samples: dict[Samples, Any] = {}
_blocks: list[Block] = []


def add_samples(title: Any, samples: Samples) -> None:
    """Show the components that ``samples`` makes for the reader, under this title; once, however often called."""
    _samples[samples] = title


def add_block(block: Block) -> None:
    """Show a block that stands on a page of its own kind, not in the body of others; once, however often called."""
    if type(block) not in map(type, _blocks):
        _blocks.append(block)


def samples_for(user: Any) -> list[dict[str, Any]]:
    """Every title with its components, and the name of each in the code."""
    return [
        {"title": title, "pieces": [(type(piece).__name__, piece) for piece in samples(user)]}
        for samples, title in _samples.items()
    ]


def example_blocks() -> list[dict[str, Any]]:
    """Each block of a page with the example that the CMS shows."""
    body = BodyBlock()
    inside = [(block, _in_body(body, name)) for name, block in _with_example(body)]
    alone = [(block, block.get_preview_value()) for block in _blocks]
    return [
        {"label": block.label or block.meta.label, "description": block.meta.description, "block": value}
        for block, value in [*inside, *alone]
    ]


def _with_example(body: BodyBlock) -> Iterator[tuple[str, Block]]:
    for name, block in body.child_blocks.items():
        if getattr(block.meta, "preview_value", None):
            yield name, block


def _in_body(body: BodyBlock, name: str) -> Any:
    return StreamValue(body, [(name, body.child_blocks[name].get_preview_value())])[0]

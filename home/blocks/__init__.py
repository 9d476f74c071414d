"""The blocks that editors compose pages with."""

from home.blocks.body import BODY_BLOCKS, MEMBER_BLOCKS, BodyBlock

__all__ = ["BODY_BLOCKS", "MEMBER_BLOCKS", "BodyBlock"]

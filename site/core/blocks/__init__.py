"""Blocks for every page: text, media, facts."""

from core.blocks.facts import KeyFiguresBlock, TimelineBlock
from core.blocks.media import DocumentsBlock, PictureBlock
from core.blocks.share import ShareBlock
from core.blocks.text import (
    CallToActionBlock,
    QuestionsAnswersBlock,
    StatementBlock,
    rich_text_block,
)
from core.blocks.video import VideoBlock

__all__ = [
    "CallToActionBlock",
    "DocumentsBlock",
    "KeyFiguresBlock",
    "PictureBlock",
    "QuestionsAnswersBlock",
    "ShareBlock",
    "StatementBlock",
    "TimelineBlock",
    "VideoBlock",
    "page_blocks",
    "rich_text_block",
]


def page_blocks() -> list[tuple[str, object]]:
    """The blocks that any page's body can hold, in the order in which the editor offers them."""
    return [
        ("text", rich_text_block()),
        ("picture", PictureBlock()),
        ("video", VideoBlock()),
        ("statement", StatementBlock()),
        ("questions_answers", QuestionsAnswersBlock()),
        ("key_figures", KeyFiguresBlock()),
        ("timeline", TimelineBlock()),
        ("documents", DocumentsBlock()),
        ("call_to_action", CallToActionBlock()),
        ("share", ShareBlock()),
    ]

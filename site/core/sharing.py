"""What other sites show of a page that somebody shares: title, sentence, picture (Open Graph)."""

from dataclasses import dataclass

from core.share_pictures.drawing import HEIGHT, WIDTH, SharePicture


@dataclass(frozen=True)
class Share:
    """A template that has one as ``share`` says it in its head; one that has none says nothing."""

    title: str
    description: str
    picture: SharePicture
    picture_url: str  # absolute path
    title_language: str = ""  # where it is another than the page's
    kind: str = "website"
    picture_width: int = WIDTH
    picture_height: int = HEIGHT

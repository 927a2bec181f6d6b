"""What a camera or an editor wrote into a file stays out of what readers get.

Willow copies EXIF data, and with it the place and the person, into every size it draws. Wagtail
turns each picture upright before it draws it: from here on, it is bare as well.
"""

from PIL import ImageOps
from willow.plugins.pillow import PillowImage
from willow.registry import registry

DRAWN_WITH = {"icc_profile", "transparency", "background"}  # the rest of a file's notes is dropped


def upright_and_bare(picture: PillowImage) -> PillowImage:
    """Turned as its EXIF data say, and without them, comments, XMP and all else of the kind."""
    image = ImageOps.exif_transpose(picture.image)
    image.info = {key: value for key, value in image.info.items() if key in DRAWN_WITH}
    return PillowImage(image)


def draw_bare() -> None:
    """Take the place of Willow's own way to turn pictures upright."""
    registry.register_operation(PillowImage, "auto_orient", upright_and_bare)

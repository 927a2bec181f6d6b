"""Pictures of the library on a page: ``{% load pictures %}``, then ``{% picture … %}``.

Wagtail's tag of that name and its arguments. What it can't draw never takes the page with it: the
picture's ``alt`` stands in its place, as browsers do for a picture that does not come.
"""

import logging
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractRendition, Picture, SourceImageIOError
from wagtail.images.templatetags import wagtailimages_tags as wagtail_tags

logger = logging.getLogger(__name__)
register = template.Library()

SMALLEST = 16  # pixels: below, it is a mistake or a tracker, and would be drawn as a large blot


class EachWidthOnce(Picture):
    """A picture smaller than what is asked for comes in fewer sizes, each named once."""

    @classmethod
    def get_width_srcset(cls, renditions_list: list[AbstractRendition]) -> str:
        """``srcset`` without a second file of the same width, which HTML forbids."""
        if len(renditions_list) == 1:
            return str(renditions_list[0].url)
        by_width: dict[int, AbstractRendition] = {}
        for rendition in renditions_list:
            by_width.setdefault(rendition.width, rendition)
        return ", ".join(f"{one.url} {width}w" for width, one in by_width.items())


class PictureNode(wagtail_tags.PictureNode):
    """One picture in several sizes and formats, or its alternative."""

    def render(self, context: template.Context) -> SafeString:
        """``<picture>``; the alternative for a file that is lost, broken, or of a few pixels."""
        image = self.validate_image(context)
        if not image:
            return SafeString("")
        if min(image.width, image.height) < SMALLEST:
            return self.alternative(context)
        try:
            renditions = image.get_renditions(*self.get_filters())
        except SourceImageIOError:
            logger.warning("The file of image %s is lost", image.pk)
            return self.alternative(context)
        except Exception:  # libraries of images have many ways to fail on a broken file
            logger.exception("Image %s could not be drawn", image.pk)
            return self.alternative(context)
        attributes = {name: value.resolve(context) for name, value in self.attrs.items()}
        return SafeString(EachWidthOnce(renditions, attributes).__html__())

    def alternative(self, context: template.Context) -> SafeString:
        """The words that stand for the picture."""
        words = self.attrs["alt"].resolve(context) if "alt" in self.attrs else ""
        return conditional_escape(words)


@register.tag
def picture(parser: template.base.Parser, token: template.base.Token) -> PictureNode:
    """``{% picture page.picture format-{avif,webp,jpeg} fill-{720x480,1440x960} alt="" %}``"""
    plain: Any = wagtail_tags.image(parser, token)
    return PictureNode(plain.image_expr, plain.filter_specs, attrs=plain.attrs)

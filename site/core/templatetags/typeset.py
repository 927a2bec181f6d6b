"""Text, numbers and dates in the reader's language: ``{% load typeset %}``.

Every filter and tag speaks the active language unless another is named.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import dates, numbers, typography

register = template.Library()


def _active(language: str | None) -> str:
    return language or get_language() or settings.LANGUAGE_CODE


@register.filter(is_safe=True)
def typeset(text: Any, language: str | None = None) -> SafeString:
    """``{{ idea.text|typeset:idea.language }}``: escaped, unless it is already HTML."""
    if hasattr(text, "__html__"):  # a safe string, a rich text
        return typography.typeset_html(text.__html__(), _active(language))
    return conditional_escape(typography.typeset(str(text), _active(language)))


@register.filter(is_safe=True)
def typeset_html(html: Any, language: str | None = None) -> SafeString:
    """``{{ page.body|typeset_html }}``: HTML; what isn't marked safe is escaped."""
    return typography.typeset_html(conditional_escape(html), _active(language))


@register.filter
def number(n: float | Decimal | None, language: str | None = None) -> str:
    """``{{ votes|number }}``: nothing for no number."""
    return "" if n is None else numbers.number(n, _active(language))


@register.filter
def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """``{{ agreed|percent }}``, ``{{ agreed|percent:1 }}``: a share of 1; nothing for no number."""
    return "" if share is None else numbers.percent(share, _active(None), digits)


@register.filter
def since(dt: datetime, now: datetime | None = None) -> str:
    """``{{ idea.received_at|since }}``: how long ago, by this server's clock unless given one."""
    return dates.since(dt, now or timezone.now(), _active(None))


@register.simple_tag
def moment(dt: datetime, language: str | None = None) -> SafeString:
    """``{% moment idea.published_at %}``"""
    return _time(timezone.localtime(dt), dates.moment(dt, _active(language)))


@register.simple_tag
def deadline(dt: datetime, language: str | None = None) -> SafeString:
    """``{% deadline debate.closes_at %}``: a closing time, the machine's minute as the reader's."""
    return _time(dates.last_minute(dt), dates.deadline(dt, _active(language)))


@register.simple_tag
def clock(dt: datetime) -> SafeString:
    """``{% clock saved_at %}``: the hour alone, of what happened a moment ago."""
    return _time(timezone.localtime(dt), dates.clock(dt, _active(None)))


@register.simple_tag
def day(dt: date | datetime) -> SafeString:
    """``{% day event.at %}``: a day alone, in the site's zone, where the hour says nothing."""
    zone = timezone.get_default_timezone()
    local = timezone.localtime(dt, zone).date() if isinstance(dt, datetime) else dt
    return format_html('<time datetime="{}">{}</time>', local, dates.day(local, _active(None)))


@register.simple_tag
def today() -> SafeString:
    """``{% today %}``: the day in the site's zone, by this server's clock."""
    day = timezone.localdate(timezone=timezone.get_default_timezone())
    return format_html('<time datetime="{}">{}</time>', day, dates.day(day, _active(None)))


def _time(machine: datetime, words: str) -> SafeString:
    return format_html(
        '<time datetime="{}">{}</time>', machine.isoformat(timespec="seconds"), words
    )

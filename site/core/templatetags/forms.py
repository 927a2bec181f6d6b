"""What the form templates can't say by themselves: ``{% load forms %}``.

The template pack (templates/polyphony) shows a field as label, hint, error, control. These tags
give each control the attributes that tie it to the other three, and list a form's errors.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

Shape = Literal["hidden", "tick", "choices", "group", "line"]


@dataclass(frozen=True)
class ErrorLine:
    """One line of the error summary: where it leads, which field it names, what it says."""

    target: str
    label: str
    message: str


@register.filter
def shape(field: BoundField) -> Shape:
    """How a field is laid out: one box to tick, a list of choices, a group of controls, a line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one too
        return "choices"
    return "group" if widget.use_fieldset else "line"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control, tied to its hint, error and counter.

    ``required`` is never set, for the browser's own bubbles speak the browser's language and not
    the page's; ``aria-required`` says the same.
    """
    field.form.use_required_attribute = False
    attrs: dict[str, Any] = {}
    if shape(field) in ("tick", "line") and (described_by := descriptions(field)):
        attrs["aria-describedby"] = described_by
    if field.field.required and not field.is_hidden:
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def descriptions(field: BoundField) -> str:
    """The ids that ``aria-describedby`` names: the form's own, then hint, error and counter."""
    widget_attrs = field.field.widget.attrs
    ids = [widget_attrs.get("aria-describedby")]
    if field.auto_id:
        ids += [
            field.help_text and f"{field.auto_id}_helptext",
            field.errors and f"{field.auto_id}_error",
            count_limit(field) and f"{field.auto_id}_counter",
        ]
    return " ".join(str(found) for found in ids if found)


@register.filter
def count_limit(field: BoundField) -> int | None:
    """How many characters or words the field may hold, when it asks to be counted."""
    limit = field.field.widget.attrs.get("data-count-limit")
    return int(limit) if limit else None


@register.filter
def counts_words(field: BoundField) -> bool:
    """Whether the counter counts words and not characters."""
    return bool(field.field.widget.attrs.get("data-count-unit") == "words")


@register.filter
def is_radiogroup(field: BoundField) -> bool:
    """Whether one of the choices is taken: only such a group may be called required or invalid."""
    widget = field.field.widget
    return isinstance(widget, forms.RadioSelect) and not widget.allow_multiple_selected


@register.filter
def choice_groups(field: BoundField) -> list[tuple[str | None, list[BoundWidget]]]:
    """The choices of a radio or checkbox list under the names of their groups, each to be shown
    by its ``tag`` and ``choice_label``. A list without groups is one group without a name."""
    field.form.use_required_attribute = False
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id, "class": False}, widget)
    attrs.pop("aria-describedby", None)  # the fieldset says it, once
    if is_radiogroup(field):
        attrs.pop("aria-invalid", None)
    chosen = widget.format_value(field.value())
    groups: list[tuple[str | None, list[BoundWidget]]] = []
    for name, options, _index in widget.optgroups(field.html_name, chosen, attrs):
        choices = [BoundWidget(widget, option, field.form.renderer) for option in options]
        if groups and name is None and groups[-1][0] is None:  # Django's: one nameless group each
            groups[-1][1].extend(choices)
        else:
            groups.append((name, choices))
    return groups


@register.filter
def first_control(field: BoundField) -> str:
    """The id of a field's first control: where a link to the field leads."""
    widget = field.field.widget
    id_ = widget.attrs.get("id") or field.auto_id
    if isinstance(widget, forms.RadioSelect):
        return widget.id_for_label(id_, "0")
    if isinstance(widget, forms.MultiWidget):
        return widget.widgets[0].id_for_label(f"{id_}_0")
    return widget.id_for_label(id_)


@register.filter
def form_errors_id(form: forms.BaseForm) -> str:
    """The id of the notice that holds what concerns the form as a whole."""
    return f"{form.prefix}-form-errors" if form.prefix else "form-errors"


@register.simple_tag
def error_lines(form: forms.BaseForm | None) -> list[ErrorLine]:
    """Every error of a form, first those of the whole, then field by field as they stand.

    A line begins with its field's label, but for the fields whose messages name them already:
    those in the form's ``messages_name``.
    """
    if not isinstance(form, forms.BaseForm) or not form.errors:
        return []
    top = form_errors_id(form)
    named = getattr(form, "messages_name", ())
    return [
        *(ErrorLine(top, "", message) for message in whole_form_errors(form)),
        *(
            ErrorLine(
                first_control(field), "" if field.name in named else str(field.label), str(message)
            )
            for field in form.visible_fields()
            for message in field.errors
        ),
    ]


@register.filter
def whole_form_errors(form: forms.BaseForm) -> list[str]:
    """What concerns no field that can be seen: the form's own errors and those of hidden fields."""
    hidden = (field.errors for field in form.hidden_fields())
    return [str(message) for message in chain(form.non_field_errors(), *hidden)]

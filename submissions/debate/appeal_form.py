"""The form of an appeal: why the idea should be read again, if one likes to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.contributions.fields import WrittenText
from submissions.moderation.appeals import LONGEST


class AppealForm(forms.Form):
    """A few words for another moderator, counted as a reader counts."""

    text = WrittenText(
        limit=LONGEST,
        unit="graphemes",
        required=False,
        label=_("Why should it be read again?"),
        help_text=_("For instance, what the first reading may have missed."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

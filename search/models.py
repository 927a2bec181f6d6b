"""The index: one row for each page and for each text of an idea."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class EntryKind(models.TextChoices):
    """What an entry leads to."""

    IDEA = "idea"
    PAGE = "page"


class Entry(models.Model):
    """The words of a live page, or of a published idea in one of its languages.

    It holds what the public may read and nothing that it could be asked for besides: site, theme
    and permission are judged when somebody searches, so that they cannot be out of date here.
    ``vector`` is written by ``search.index``, with the configuration of the language.
    """

    kind = models.CharField(max_length=4, choices=EntryKind)
    key = models.BigIntegerField()  # the page's or the idea's id
    language = models.CharField(max_length=10)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    vector = SearchVectorField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language"], name="one_entry_per_object_and_language"
            )
        ]
        indexes = [GinIndex(fields=["vector"], name="search_entry_words")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"

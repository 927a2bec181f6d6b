"""What people send: ideas, votes, contributions; and the registry that ties them to pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    """Listens to pages being published, unpublished and deleted (LIFECYCLE in docs/)."""

    name = "submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        """Connect the registry to the life of pages, drawn pictures and mail to that of ideas."""
        from submissions import fixed_words, sharing, shown_languages  # noqa: F401 (models are there)
        from submissions.idea_translations import machine  # noqa: F401
        from submissions.mail import decisions  # noqa: F401
        from submissions.registry import signals  # noqa: F401

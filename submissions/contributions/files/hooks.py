"""What files bring to Wagtail's admin: the address at which staff download one."""

from django.urls import URLPattern, path
from wagtail import hooks

from submissions.contributions.files.serving import contribution_file


@hooks.register("register_admin_urls")
def file_address() -> list[URLPattern]:
    """Behind the admin's door; the view asks whose contribution it is."""
    return [
        path("contributed-files/<uuid:attachment_id>/", contribution_file, name="contribution_file")
    ]

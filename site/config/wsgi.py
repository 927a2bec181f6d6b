"""The WSGI application: ``PYTHONPATH=site:. granian --interface wsgi config.wsgi:application``."""

import os

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# Where the site is served: words that administrators mend are read without a new start.
from core.wordings.overlay import look_again  # noqa: E402 (models must be loaded)

request_started.connect(look_again, dispatch_uid="wordings")

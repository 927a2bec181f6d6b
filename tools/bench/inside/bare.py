"""Production's settings, with the bare view in the place of the site's."""

from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "tools.bench.inside.bare_addresses"

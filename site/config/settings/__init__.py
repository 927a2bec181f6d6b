"""Settings: ``base`` holds what is common, and dev, test and production say what differs."""

"""Pages on their way into another language: the desk, its states and its guards."""

"""What a file is, by what it holds: PDF, DOCX or ODT, and nothing that acts, hides or fetches.

Runs as a process of its own (``python -m``), with little memory and time and none of the site's
secrets: so nothing in here may import Django. Speaks in codes; ``files.words`` has the sentences.
"""

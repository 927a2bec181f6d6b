"""What an editor can mend on a page, found by reading it: advice, never a refusal.

``written_on`` reads a page's words with the place of each; ``findings`` says what to mend.
"""

from core.checks.findings import Finding, findings
from core.checks.reading import Written, written_on

__all__ = ["Finding", "Written", "findings", "written_on"]

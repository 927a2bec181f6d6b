"""From what was sent to what everybody reads: redaction, preview, publication, campaigns."""

"""What an author does besides writing: come back by a link, invite others, check, send, read,
change and withdraw what was sent. Every page of it is for its authors alone.
"""

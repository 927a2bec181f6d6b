"""DOCX or ODT: which of the two, by what the package says of itself; every member is looked at."""

import re

from submissions.contributions.files.judging import docx, limits, odt
from submissions.contributions.files.judging.markup import read
from submissions.contributions.files.judging.pictures import HEAD, tells_place
from submissions.contributions.files.judging.verdict import RefusedError, Verdict
from submissions.contributions.files.judging.zipped import Member, Package

MARKUP = re.compile(r"\.(?:xml|rels|vml|rdf|svg)$", re.I)
PICTURES = re.compile(
    r"\.(?:png|jpe?g|jpe|jfif|gif|bmp|dib|tiff?|webp|emf|wmf|emz|wmz|svm|wdp|hdp)$", re.I
)
TYPEFACES = re.compile(r"\.(?:odttf|ttf|otf|fntdata)$", re.I)


def judge_office(data: bytes) -> Verdict:
    """Say what a file that begins as a zip is; raise ``RefusedError``."""
    package = Package(data)
    rules: docx.Rules | odt.Rules
    if docx.CONTENT_TYPES in package.names:
        rules = docx.Rules(package)
    elif odt.MIMETYPE in package.names:
        rules = odt.Rules(package)
    else:
        raise RefusedError("archive")
    rules.check_names(package.names)
    markup = 0
    for member in package.members():
        markup += _look_at(member, rules)
        if markup > limits.MARKUP:
            raise RefusedError("too_heavy")
    rules.check_whole()
    return rules.verdict


def _look_at(member: Member, rules: "docx.Rules | odt.Rules") -> int:
    """One member by its kind; how many bytes of XML it was."""
    if MARKUP.search(member.name):
        reader = rules.reader(member.name)
        length = read(member.pieces, reader)
        rules.after(member.name, reader)
        return length
    if not (
        PICTURES.search(member.name) or TYPEFACES.search(member.name) or rules.knows(member.name)
    ):
        raise RefusedError("embedded")
    head = b""
    for piece in member.pieces:
        if len(head) < HEAD:
            head += piece
    _check_picture(head)
    if tells_place(head):
        rules.verdict.tells.add("place")
    return 0


def _check_picture(head: bytes) -> None:
    """A page that calls itself a picture is none."""
    beginning = head[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").lower()
    if beginning.startswith((b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml")):
        raise RefusedError("disguised")

"""A word with ClamAV's daemon, in its own protocol (INSTREAM): bytes go in, a verdict comes out."""

import socket
from typing import IO, NamedTuple
from urllib.parse import urlsplit

PIECE = 64 * 1024
SECONDS = 60  # for each word of it: a daemon that reads its lists again is silent for a while
LONGEST_ANSWER = 4096


class Verdict(NamedTuple):
    """What the scanner said: nothing found, or what it calls what it found."""

    found: str = ""


class ScannerAway(Exception):
    """The scanner could not be asked, or did not answer as one. It is asked again later."""


def ask(url: str, file: IO[bytes]) -> Verdict:
    """Let the scanner at ``url`` (``tcp://host:port``, ``unix:///path``) read ``file``."""
    try:
        with _connected(url) as connection:
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
            answer = _answer(connection)
    except (OSError, ValueError) as trouble:
        raise ScannerAway(type(trouble).__name__) from trouble
    if answer == "stream: OK":
        return Verdict()
    said, _space, last = answer.rpartition(" ")
    if last == "FOUND":
        return Verdict(found=said.partition(": ")[2] or said)
    raise ScannerAway(answer[:200])


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    if parts.scheme != "tcp" or not parts.hostname or not parts.port:
        raise ValueError(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=SECONDS)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while len(answer) < LONGEST_ANSWER and b"\0" not in answer:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", errors="replace").strip()

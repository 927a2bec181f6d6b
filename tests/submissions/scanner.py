"""A scanner that stands in for clamd, and says what a test wants."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(socketserver.ThreadingTCPServer):
    """Answers INSTREAM: FOUND where EICAR stands in the bytes, else OK, or ``says``."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.read: list[bytes] = []
        self.says = b""

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    """One file."""

    server: Scanner

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        sent = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            sent += self.rfile.read(length)
        self.server.read.append(sent)
        found = b"stream: Eicar-Test FOUND" if EICAR in sent else b"stream: OK"
        self.wfile.write((self.server.says or found) + b"\0")


@contextmanager
def scanner() -> Iterator[Scanner]:
    """A scanner that listens."""
    with Scanner() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()

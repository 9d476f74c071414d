"""Asks ClamAV's daemon whether a file holds a virus.

The clients on PyPI have not been touched for years or are under the GPL; what we need of the protocol is one command
(``man clamd``, INSTREAM): pieces with their length before them, an empty one at the end, one line as the answer.
"""

import socket
from typing import IO

SECONDS = 30  # without a word from the daemon
PIECE = 2**16  # bytes
FOUND, NOTHING = " FOUND", " OK"


class ScannerAway(Exception):
    """The daemon does not answer, or cannot say anything about this file."""


def scan(file: IO[bytes], address: str) -> str:
    """The name of the virus in an open file, empty when there is none; raises ScannerAway.

    ``address`` is the path of a socket, or host:port.
    """
    try:
        with _connect(address) as connection:
            answer = _ask(connection, file)
    except OSError as error:
        raise ScannerAway(f"{address}: {error}") from error
    said = answer.removeprefix("stream:")
    if said.endswith(FOUND):
        return said.removesuffix(FOUND).strip()
    if said != NOTHING:
        raise ScannerAway(f"{address}: {answer or 'no answer'}")
    return ""


def answers(address: str) -> bool:
    """Tell whether the daemon is there, at once."""
    try:
        with _connect(address, seconds=2) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(PIECE).startswith(b"PONG")
    except OSError:
        return False


def _connect(address: str, seconds: float = SECONDS) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), seconds)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(seconds)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, file: IO[bytes]) -> str:
    try:
        connection.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
    except BrokenPipeError:
        pass  # it hangs up on a file that is longer than it takes, after saying so
    answer = bytearray()
    while piece := connection.recv(PIECE):
        answer += piece
    return answer.decode("utf-8", "replace").rstrip("\0\n")

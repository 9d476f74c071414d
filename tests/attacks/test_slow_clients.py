"""Slow, endless and broken requests at the site as it is deployed: others are served meanwhile."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from pytest_django import Settings

from config.settings import base
from tests.attacks.stack import HOST, Stack, needs, stack, trusting
from tests.factories.home import make_homes
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = 300  # connections
HEAD = f"Host: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def site(tmp_path: Path, settings: Settings) -> Iterator[Stack]:
    """One Granian behind nginx."""
    needs("nginx", "openssl")
    make_homes()
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS  # the site knows no other
    with stack(tmp_path) as made:
        made.web("web")
        made.nginx("web")
        yield made


def opened(site: Stack) -> socket.socket:
    plain = socket.create_connection(("127.0.0.1", site.ports["nginx"]), timeout=40)
    return trusting().wrap_socket(plain, server_hostname=HOST)


def answer_to(site: Stack, request: bytes) -> bytes:
    """The first line of what comes back for these bytes."""
    with opened(site) as connection, suppress(ssl.SSLError, ConnectionError):
        connection.sendall(request)
        return connection.recv(65536).split(b"\r\n")[0]
    return b"closed"


def test_others_are_served_while_many_are_slow(site: Stack) -> None:
    """Half of them never end their headers, half never end their form."""
    with ExitStack() as held:
        slow = [held.enter_context(opened(site)) for _number in range(SLOW)]
        for number, connection in enumerate(slow):
            length = "Content-Length: 100000\r\n\r\nmessage=" if number % 2 else "X-Slow: "
            connection.sendall(f"POST /fr/trouver/reponse/ HTTP/1.1\r\n{HEAD}{length}".encode())
        for _drop in range(3):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"x")
            began = time.monotonic()
            assert site.ask("nginx", "/fr/").status == 200
            assert site.ask("web", "/health").status == 200
            assert time.monotonic() - began < 5
        time.sleep(11)  # as long as headers may take
        assert sum(is_closed(connection) for connection in slow[::2]) == SLOW // 2


def is_closed(connection: ssl.SSLSocket) -> bool:
    connection.settimeout(0.5)
    try:
        return connection.recv(1) in (b"", b"H")  # H: it was told so
    except TimeoutError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize(
    ("request_line", "rest", "status"),
    [
        ("POST /fr/contact/envoyer/ HTTP/1.1", "Content-Length: 1073741824\r\n\r\nx", b"413"),
        ("POST /fr/contact/envoyer/ HTTP/1.1", "Content-Length: -1\r\n\r\nx", b"400"),
        ("POST /fr/contact/envoyer/ HTTP/1.1", "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", b"400"),
        ("POST /fr/contact/envoyer/ HTTP/1.1", "Transfer-Encoding: chunked\r\n\r\nZZ\r\nx\r\n0\r\n\r\n", b"400"),
        (
            "POST /fr/contact/envoyer/ HTTP/1.1",
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            b"400",
        ),
        ("GET /fr/ HTTP/1.1", "X-Long: " + "a" * 40_000 + "\r\n\r\n", b"400"),
        ("GET /" + "a" * 20_000 + " HTTP/1.1", "\r\n", b"414"),
        ("GET /static/../../../../etc/passwd HTTP/1.1", "\r\n", b"400"),
        ("GET /media/..%2f..%2fetc%2fpasswd HTTP/1.1", "\r\n", b"400"),
        ("GET /media/%2e%2e/cert.pem HTTP/1.1", "\r\n", b"404"),
        ("GET /private/library/x HTTP/1.1", "\r\n", b"404"),
        ("GET /fr/\0 HTTP/1.1", "\r\n", b"400"),
        ("BREW /fr/ HTTP/1.1", "\r\n", b"405"),
    ],
)
def test_broken_requests_are_refused(shared: Stack, request_line: str, rest: str, status: bytes) -> None:
    answer = answer_to(shared, f"{request_line}\r\nHost: {HOST}\r\nConnection: close\r\n{rest}".encode())
    assert status in answer, answer


def test_another_host_is_refused(shared: Stack) -> None:
    assert b" 400 " in answer_to(shared, b"GET /fr/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")


def test_the_cookies_of_a_session_belong_to_this_host(shared: Stack) -> None:
    somebody = UserFactory()
    answer = shared.sign_in("nginx", somebody.email, PASSWORD)
    assert answer.status == 302
    assert answer.cookies.startswith(("__Host-csrftoken=", "__Host-sessionid="))
    assert "__Host-sessionid=" in answer.cookies
    assert shared.ask("nginx", "/fr/espace/", Cookie=answer.cookies).status == 200
    assert shared.ask("nginx", "/fr/espace/").status == 302


@pytest.fixture
def shared(site: Stack) -> Stack:
    return site

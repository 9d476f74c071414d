"""Nginx as it is shipped: who sends drop by drop holds nobody up, and what is too large or no HTTP is refused."""

import http.client
import shutil
import socket
import ssl
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from select import select

import pytest

from tests.attacks.stack import HOST, Stack, needs, stack, trusting
from tests.config.processes import PATIENCE, ROOT

SLOW_HEADERS, SLOW_BODIES = 300, 150  # from two addresses; one may have 200 requests at once
HEADER_TIMEOUT, BODY_TIMEOUT = 10, 15  # seconds, site/deploy/nginx.conf
BEGUN = f"GET /fr/ HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: "
PROMISED = f"POST /fr/contact/envoyer/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000000\r\n\r\nname="


@pytest.fixture(scope="module")
def front(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """Nginx before a Granian; its pages have no content, for nobody asks for any."""
    needs("nginx", "openssl")
    folder = tmp_path_factory.mktemp("front")
    shutil.copytree(ROOT / "site/static/errors", folder / "static/errors")
    with django_db_blocker.unblock(), stack(folder) as made:
        made.web("web")
        made.nginx("web")
        yield made


def connected(front: Stack, source: str, text: str) -> ssl.SSLSocket:
    """A connection from an address of this machine, on which a request begins."""
    plain = socket.create_connection(("127.0.0.1", front.ports["nginx"]), PATIENCE, (source, 0))
    tied = trusting().wrap_socket(plain, server_hostname=HOST)
    tied.sendall(text.encode())
    return tied


def seconds_of_a_visitor(front: Stack) -> float:
    began = time.perf_counter()
    assert front.ask("nginx", "/health/live").status == 200
    return time.perf_counter() - began


def is_cut(one: ssl.SSLSocket) -> bool:
    """Read what there is, which may be no more than what TLS needs for itself."""
    one.setblocking(False)
    try:
        while one.recv(4096):
            pass
    except ssl.SSLWantReadError:
        return False
    except OSError:
        return True
    return True


def cut_after(waiting: set[ssl.SSLSocket], is_dripping: bool, patience: float) -> dict[ssl.SSLSocket, float]:
    """After how many seconds each was cut, while a byte goes out on each every two seconds, or none."""
    began, cut, sent = time.monotonic(), {}, 0.0
    while waiting and time.monotonic() - began < patience:
        if is_dripping and time.monotonic() - sent > 2:
            sent = time.monotonic()
            drip(list(waiting))
        for one in filter(is_cut, select(waiting, [], [], 0.2)[0]):
            cut[one] = time.monotonic() - began
        waiting = waiting - set(cut)
    return cut


def test_slow_ones_hold_nobody_up_and_are_cut(front: Stack) -> None:
    """A header must be whole after ten seconds, however it drips; a body may rest for fifteen seconds at most."""
    quiet = statistics.median(seconds_of_a_visitor(front) for _time in range(10))
    with ExitStack() as opened:
        headers = {opened.enter_context(connected(front, "127.0.0.2", BEGUN)) for _one in range(SLOW_HEADERS)}
        bodies = {opened.enter_context(connected(front, "127.0.0.3", PROMISED)) for _one in range(SLOW_BODIES)}
        besieged = [seconds_of_a_visitor(front) for _time in range(10)]
        cut = cut_after(headers, True, HEADER_TIMEOUT + 10)
        bodies_cut = cut_after(bodies, False, BODY_TIMEOUT + 10)
    waited = f"{statistics.median(besieged):.3f} s meanwhile, at most {max(besieged):.3f} s"
    print(f"\na visitor waits {quiet:.3f} s, {waited}")
    assert len(cut) == SLOW_HEADERS
    assert len(bodies_cut) == SLOW_BODIES
    assert statistics.median(besieged) < 1


def test_one_address_has_no_more_requests_under_way_than_its_share(front: Stack) -> None:
    """Who drips a body keeps a connection as long as it drips; so nobody gets many."""
    with ExitStack() as opened:
        held: list[ssl.SSLSocket] = []
        until, answer = time.monotonic() + PATIENCE, b""
        while b" 429 " not in answer and time.monotonic() < until:
            held.append(opened.enter_context(connected(front, "127.0.0.4", PROMISED)))
            if len(held) % 20 == 0:
                drip(held)
            answer = first_words(held[-1]) if len(held) > 200 else b""
        assert b" 429 " in answer
        assert len(held) < 250
        assert front.ask("nginx", "/health/live").status == 200  # somebody else


def drip(connections: list[ssl.SSLSocket]) -> None:
    for one in connections:
        with suppress(OSError):
            one.send(b"x")


def first_words(one: ssl.SSLSocket) -> bytes:
    one.settimeout(1)
    with suppress(TimeoutError):
        return one.recv(4096)
    return b""


def said(front: Stack, text: bytes) -> tuple[int, str]:
    """The answer to bytes that may be no HTTP at all."""
    with connected(front, "127.0.0.1", "") as one:
        one.sendall(text)
        response = http.client.HTTPResponse(one)
        response.begin()
        return response.status, response.read().decode()


HEAD = f"GET /fr/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
POST = f"POST /fr/contact/envoyer/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        (f"GET /{'x' * 9_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", 414),
        (f"{HEAD}X-Long: {'x' * 9_000}\r\n\r\n", 400),
        (HEAD + "X-Many: x\r\n" * 5_000 + "\r\n", 400),
        (f"{HEAD}Host: evil.example\r\n\r\n", 400),
        ("GET /fr/ HTTP/1.1\r\n\r\n", 400),
        ("GET /fr/ HTTP/9.9\r\n\r\n", 505),
        ("\0\0\0\r\n\r\n", 400),
        (f"{HEAD}X: a\0b\r\n\r\n", 400),
        (f"GET /fr/\0 HTTP/1.1\r\nHost: {HOST}\r\n\r\n", 400),
        (f"{POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nname=a", 400),
        (f"{POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
        (f"{POST}Transfer-Encoding: x\r\n\r\n", 501),
        (f"{POST}Content-Length: -1\r\n\r\n", 400),
    ],
    ids=lambda value: str(value)[:60].replace("\r\n", " "),
)
def test_what_is_no_good_request_is_refused(front: Stack, request_text: str, status: int) -> None:
    assert said(front, request_text.encode())[0] == status


@pytest.mark.parametrize(
    ("path", "length"), [("/fr/espace/bibliotheque/donner/", 31 * 2**20), ("/fr/trouver/reponse/", 257 * 2**10)]
)
def test_who_sends_too_much_reads_so_in_both_languages(front: Stack, path: str, length: int) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    status, text = said(front, head.encode())
    assert status == 413
    assert "Votre envoi est trop lourd" in text
    assert "Wat u wilde versturen, is te groot" in text
    until = time.monotonic() + PATIENCE  # nginx writes it once it has let go of the connection
    while " 413 " not in (front.folder / "otonom.log").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_the_camera_wrote_into_a_picture_stays_here(front: Stack) -> None:
    for name in ("images/drawn.jpg", "original_images/taken.jpg"):
        place = front.folder / "media" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"a picture")
    assert front.ask("nginx", "/media/images/drawn.jpg").text == "a picture"
    assert front.ask("nginx", "/media/original_images/taken.jpg").status == 404
    assert front.ask("nginx", "/media/images/../original_images/taken.jpg").status == 404


def test_who_asks_while_no_process_runs_reads_so_in_both_languages(front: Stack) -> None:
    front.running["web"].terminate()
    front.running.pop("web").wait(PATIENCE)
    try:
        answers = [front.ask("nginx", "/fr/compte/login/"), front.ask("nginx", "/fr/contact/envoyer/", {"name": "An"})]
    finally:
        front.web("web")
    for answer in answers:
        assert answer.status == 503
        assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
        assert "Le site ne peut pas répondre" in answer.text
        assert "De site werkt nu even niet" in answer.text
        assert 'href="tel:112"' in answer.text
    assert front.ask("nginx", "/health/live").status == 200

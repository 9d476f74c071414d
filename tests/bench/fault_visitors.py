"""People who read, sign in and write while parts of the site break, and who remember what they were told."""

import hashlib
import http.client
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.deploy.server import NAME, Server
from tests.deploy.visitors import Visitors
from tests.factories.people import PASSWORD
from tests.own_site import multipart

CACHED = ("/fr/", "/nl/", "/fr/contact/")
UNCACHED, CONTACT, SIGN_IN = "/fr/?visit={}", "/fr/contact/envoyer/", "/fr/compte/login/"
PROFILE, GIVE = "/fr/espace/profil/", "/fr/espace/donner/"
PAUSE = 0.25  # seconds between two of one visitor
BETWEEN_FILES = 5  # seconds
MOST_FILES = 190  # nobody may have more than 200
SIZE = 20_000  # bytes of a file
LENGTH = 2400  # characters of a message that no disk can make smaller
KINDS = ("cached", "uncached", "write", "member", "file")
Told = tuple[http.client.HTTPResponse, str]


class FaultVisitors(Visitors):
    """One reads what is cached, one what is not, one writes, one is signed in, one hands in files."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.asked: Counter[str] = Counter()
        self.failures: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.saved: list[str] = []  # subjects of messages that were answered with thanks
        self.files: dict[str, str] = {}  # of those that were taken, the name and the mark of the content
        self.refused: list[str] = []  # of those that were given back with a clear page
        self.untold: list[str] = []  # of those whose sender learned nothing, or lost the text
        self.name = self.maybe_name = ""  # of the member, as last saved; and as last sent with another answer
        self.cookies = self.token = ""

    def ask(self, kind: str, method: str, path: str, body: str | None = None, **headers: str) -> Told | None:
        """One request, counted; None where nothing came back."""
        self.asked[kind] += 1
        began = time.monotonic()
        try:
            return self.answer(method, path, body, **headers)
        except (OSError, http.client.HTTPException) as error:
            self.failures[kind][type(error).__name__] += 1
            return None
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)

    def read(self, kind: str, path: str, **headers: str) -> bool:
        """Read a page; tells whether it came."""
        told = self.ask(kind, "GET", path, **headers)
        if told and told[0].status != 200:
            self.failures[kind][str(told[0].status)] += 1
        return told is not None and told[0].status == 200

    def read_cached(self) -> None:
        self.read("cached", CACHED[self.asked["cached"] % len(CACHED)])

    def read_uncached(self) -> bool:
        return self.read("uncached", UNCACHED.format(secrets.token_hex(6)))

    def write(self) -> bool:
        """Send a message; tells whether it was taken."""
        subject, text = f"Numéro {secrets.token_hex(8)}", secrets.token_urlsafe(LENGTH)[:LENGTH]
        fields = {
            "name": "Ana",
            "email": "ana@example.org",
            "subject": subject,
            "message": text,
        }
        told = self.ask("write", "POST", CONTACT, urlencode(fields), Origin=f"https://{NAME}")
        if told and told[0].status == 302:
            self.saved.append(subject)
        elif told and told[0].status == 503 and text in told[1] and subject in told[1]:
            self.refused.append(subject)
            self.failures["write"]["503, given back"] += 1
        else:
            self.untold.append(subject)
            self.failures["write"][f"{told[0].status}, untold" if told else "nothing came"] += 1
        return subject in self.saved[-9:]

    def sign_in(self) -> None:
        """Sign in, as a browser does."""
        response, page = self.answer("GET", SIGN_IN)
        fields = {"csrfmiddlewaretoken": token_in(page), "login": "mira@example.org", "password": PASSWORD}
        self.cookies = cookies_of(response)
        response, page = self.answer("POST", SIGN_IN, urlencode(fields), Cookie=self.cookies, Origin=f"https://{NAME}")
        assert response.status == 302, page
        self.cookies = cookies_of(response)
        self.token = token_in(self.answer("GET", GIVE, Cookie=self.cookies)[1])

    def signed_in(self) -> dict[str, str]:
        return {"Cookie": self.cookies, "Origin": f"https://{NAME}"}

    def be_a_member(self) -> None:
        """Read one's own page, and change one's name there."""
        told = self.ask("member", "GET", PROFILE, Cookie=self.cookies)
        if not told:
            return
        if told[0].status != 200:
            self.failures["member"][str(told[0].status)] += 1
            return
        name = secrets.token_hex(6)
        fields = {
            "csrfmiddlewaretoken": token_in(told[1]),
            "first_name": name,
            "last_name": "D",
        }
        told = self.ask("member", "POST", PROFILE, urlencode(fields), **self.signed_in())
        if told and told[0].status == 302 and PROFILE in told[0].headers["Location"]:
            self.name = self.maybe_name = name
        else:
            self.maybe_name = name
            if told:
                is_kept = told[0].status == 503 and name in told[1]
                self.failures["member"]["503, given back" if is_kept else f"{told[0].status}, untold"] += 1

    def hand_in(self) -> None:
        """Hand in a file that nobody has seen before, as long as one person may have another one."""
        if len(self.files) >= MOST_FILES:
            return
        name, content = f"note-{secrets.token_hex(8)}", f"Note {secrets.token_urlsafe(SIZE)}"
        fields = {"tool": "note", "csrfmiddlewaretoken": self.token}
        body = multipart(fields, content.encode()).decode().replace("a.txt", f"{name}.txt")
        kind = {"Content-Type": "multipart/form-data; boundary=limit"}
        told = self.ask("file", "POST", GIVE, body, **self.signed_in(), **kind)
        if told and told[0].status == 302:
            self.files[name] = hashlib.sha256(content.encode()).hexdigest()
        elif told:
            is_told = told[0].status == 503 and f"{name}.txt" in told[1] and 'type="file"' in told[1]
            self.failures["file"]["503, asked for again" if is_told else f"{told[0].status}, untold"] += 1

    def again_and_again(self, visit: Callable[[], object]) -> None:
        while not self.is_over.wait(BETWEEN_FILES if visit == self.hand_in else PAUSE):
            visit()


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page
    return found[1]


def cookies_of(response: http.client.HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in response.headers.get_all("Set-Cookie", []))


@contextmanager
def fault_visitors(server: Server) -> Iterator[FaultVisitors]:
    """Let them come meanwhile."""
    made = FaultVisitors(server)
    made.sign_in()
    visits = (made.read_cached, made.read_uncached, made.write, made.be_a_member, made.hand_in)
    threads = [threading.Thread(target=made.again_and_again, args=[visit]) for visit in visits]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.is_over.set()
        for thread in threads:
            thread.join()

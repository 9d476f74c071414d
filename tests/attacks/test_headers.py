"""What every answer tells browsers: what a page may load and do, who may embed it, and nothing about our errors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import Settings

from home.headers import HEADERS
from library.models import Tool
from tests.attacks.surface import explore
from tests.conftest import ROLES
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy(response: Any) -> dict[str, str]:
    """What a page may do, by directive."""
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def wrong_with(response: Any) -> list[str]:
    """What is missing of what every answer tells."""
    said = HEADERS | {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    said |= {"Cross-Origin-Opener-Policy": "same-origin"}
    return [name for name, value in said.items() if response.headers.get(name) != value]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_strict(as_role: dict[str, Client], role: str) -> None:
    client, wrong = as_role[role], {}
    for url in explore(client):
        response = client.get(url)
        found = wrong_with(response) + [name for name, value in STRICT.items() if policy(response)[name] != value]
        if found or "unsafe" in response.headers["Content-Security-Policy"]:
            wrong[url] = found
        assert not soup(response).select("[style], script:not([src]):not([type*=json])"), url
    assert wrong == {}


def test_the_cms_allows_no_script_that_is_not_ours(as_role: dict[str, Client]) -> None:
    response = as_role["editor"].get("/admin/")
    said = policy(response)
    assert wrong_with(response) == []
    assert (said["default-src"], said["script-src"], said["frame-ancestors"]) == ("'none'", "'self'", "'self'")
    assert not soup(response).select("script:not([src]):not([type*=json])")


@pytest.mark.parametrize(
    "path",
    ["/robots.txt", "/fr/nulle-part/", "/fr/actualites/flux.xml", "/static/css/site.css", "/static/x"],
)
def test_what_is_no_page_tells_it_too(as_role: dict[str, Client], path: str) -> None:
    assert wrong_with(as_role["visitor"].get(path)) == []


def test_private_files_tell_it_too(as_role: dict[str, Client]) -> None:
    tool = Tool.objects.filter(sharing="alliance", versions__isnull=False).first()
    response = as_role["editor"].get(reverse("library:file", args=[tool.slug]))
    assert response.status_code == 200
    assert wrong_with(response) == []
    assert "sandbox" in response.headers["Content-Security-Policy"]
    b"".join(response.streaming_content)


def test_a_wrong_host_gets_our_page_in_both_languages() -> None:
    response = Client().get("/fr/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert wrong_with(response) == []
    assert "n'a pas compris" in main_text(response)
    assert "begreep deze vraag niet" in main_text(response)
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    ("language", "login", "word"),
    [("fr", "/fr/compte/login/", "Retour"), ("nl", "/nl/account/login/", "Startpagina")],
)
def test_a_form_without_its_token_gets_our_page_in_its_language(
    people: object, db: None, language: str, login: str, word: str
) -> None:
    response = Client(enforce_csrf_checks=True).post(login, {"login": "a"})
    assert response.status_code == 403
    assert soup(response).html["lang"] == language
    assert "CSRF" not in response.content.decode()
    assert "errors/csrf.html" in [template.name for template in response.templates]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A site whose database fails with a secret in the message."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(connection, "cursor", fail)
    return Client(raise_request_exception=False)


def test_an_error_of_ours_tells_nothing(broken: Client) -> None:
    response = broken.get("/sitemap.xml")
    assert response.status_code == 500
    assert wrong_with(response) == []
    text = response.content.decode()
    assert "Une erreur de notre côté" in text
    assert "Een fout bij ons" in text
    for word in ("hunter2", "Traceback", "RuntimeError", "django"):
        assert word not in text


@pytest.mark.parametrize(
    "body", ["--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "", "\0" * 100, "--x--" * 50]
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=é"]
)
def test_garbage_in_a_form_is_refused(people: object, db: None, body: str, kind: str) -> None:
    response = Client(headers={"Sec-Fetch-Site": "same-origin"}).post("/fr/contact/envoyer/", body, content_type=kind)
    assert response.status_code in (400, 404, 422)


def test_too_much_in_a_form_is_refused(people: object, db: None, settings: Settings) -> None:
    many = "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    large = "message=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    for body in (many, large):
        response = Client().post("/fr/trouver/reponse/", body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 400


@pytest.fixture
def visitors_file(settings: Settings, tmp_path: Any) -> Callable[[str], Any]:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    def post(path: str) -> Any:
        part = (
            f'--x\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n\r\n{"y" * 4_000_000}\r\n--x--\r\n'
        )
        return Client().post(path, part, content_type="multipart/form-data; boundary=x")

    return post


@pytest.mark.parametrize("path", ["/fr/compte/login/", "/fr/trouver/reponse/", "/fr/contact/envoyer/"])
def test_nobody_stores_a_file_who_did_not_sign_in(
    people: object, db: None, visitors_file: Callable[[str], Any], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    from django.core.files.uploadhandler import TemporaryFileUploadHandler  # noqa: PLC0415

    monkeypatch.setattr(
        TemporaryFileUploadHandler, "receive_data_chunk", lambda self, data, start: kept.append(len(data))
    )
    visitors_file(path)
    assert kept == []


@override_settings(DEBUG=False)
def test_reading_a_deep_answer_of_a_passkey_is_no_error(people: object, db: None) -> None:
    for credential in ("[" * 100_000, '{"a":' * 50_000, '"\\ud800"', "1e999", "{}", "null", "[]"):
        response = Client().post("/fr/compte/2fa/webauthn/login/", {"credential": credential})
        assert response.status_code < 500

"""What browsers and search engines ask for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import HomePage
from tests.factories.home import ContactPageFactory, in_both

pytestmark = [pytest.mark.django_db]


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("nl-BE,nl;q=0.9,fr;q=0.5", "/nl/"),
        ("en;q=0.9,nl;q=0.2", "/nl/"),
        ("fr", "/fr/"),
        ("en,de", "/fr/"),
        ("", "/fr/"),
        ("\"';nonsense", "/fr/"),
    ],
)
def test_the_first_page_is_in_the_readers_language(client: Client, accepted: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


def test_robots_may_read_what_is_public(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    for path in ("/admin/", "/fr/espace/", "/nl/ruimte/", "/fr/compte/", "/nl/account/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_security_txt_is_always_fresh(client: Client, homes: dict[str, HomePage], settings: Settings) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contact")
    settings.SECURITY_CONTACT = ""
    facts = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert facts["Contact"] == "http://testserver/fr/contact/"
    assert facts["Canonical"] == "http://testserver/.well-known/security.txt"
    ahead = datetime.strptime(facts["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(days=299) < ahead < timedelta(days=365)


@pytest.mark.parametrize(
    ("setting", "contact"),
    [("security@otonom.test", "mailto:security@otonom.test"), ("https://otonom.test/s", "https://otonom.test/s")],
)
def test_security_txt_names_whom_the_settings_name(
    client: Client, settings: Settings, setting: str, contact: str
) -> None:
    settings.SECURITY_CONTACT = setting
    assert f"Contact: {contact}\n" in client.get("/.well-known/security.txt").content.decode()


def test_old_addresses_lead_to_the_new_ones(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
    response = client.get("/.well-known/change-password", headers={"Accept-Language": "nl"})
    assert response["Location"] == "/nl/account/password/change/"

"""The register of personal data: complete, and in step with the privacy page."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from limits import parse

from config import personal_data
from config.checks import faults, personal_fields
from config.impersonal_data import IMPERSONAL
from config.personal_data import LONGEST_RATE, REGISTER
from config.processing import Activity
from home.seeding import pages_content

ACTIVITIES = [pytest.param(activity, id=activity.name) for activity in REGISTER]
DAY, YEAR = 86_400, 365 * 86_400  # seconds
A_DAY_OR_SO = 2 * DAY  # what goes the night after it is needed no more needs no number on the page
NUMBERS = {"un": 1, "une": 1, "een": 1, "deux": 2, "twee": 2, "trois": 3, "drie": 3}
UNITS = {"uur": 3600, "dag": DAY, "dagen": DAY, "weken": 7 * DAY, "maanden": YEAR / 12, "jaar": YEAR}
UNITS |= {"heure": 3600, "jour": DAY, "semaine": 7 * DAY, "mois": YEAR / 12, "an": YEAR}
SPAN = re.compile(rf"\b(\d+|{'|'.join(NUMBERS)})\s+({'|'.join(UNITS)})s?\b")


def described(language: str) -> dict[str, list[str]]:
    """The paragraphs under each term of the privacy page, without the first, which says what is kept."""
    blocks = pages_content()["privacy"][language]["body"]
    items = next(block["value"]["items"] for block in blocks if block["type"] == "definitions")
    return {item["term"]: paragraphs(item["description"])[1:] for item in items}


def paragraphs(html: str) -> list[str]:
    return [" ".join(paragraph.get_text().split()) for paragraph in BeautifulSoup(html, "html.parser").select("p")]


def spans(texts: list[str]) -> set[str]:
    """The lengths of time that a text names."""
    found = [pair for text in texts for pair in SPAN.findall(text)]
    return {in_words((NUMBERS.get(number) or int(number)) * UNITS[unit]) for number, unit in found}


def in_words(seconds: float) -> str:
    """As people say it: 364 days are a year."""
    for unit, name in ((YEAR, "years"), (DAY, "days"), (3600, "hours")):
        if seconds > 0.99 * unit:
            return f"{round(seconds / unit)} {name}"
    return f"{seconds} seconds"


def promised(activity: Activity) -> set[str]:
    """The lengths of time that the register knows, but for what goes the night after."""
    ruled = {rule.kept_for.total_seconds() for kept in activity.kept for rule in kept.rules}
    lasting = {kept.lasts.total_seconds() for kept in activity.kept if kept.lasts}
    return {in_words(seconds) for seconds in lasting | {one for one in ruled if one >= A_DAY_OR_SO}}


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("activity", ACTIVITIES)
def test_the_privacy_page_says_how_long_things_are_kept(activity: Activity, language: str) -> None:
    term = dict(zip(("fr", "nl"), activity.terms, strict=True))[language]

    assert spans(described(language)[term]) == promised(activity)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_privacy_page_names_nothing_else(language: str) -> None:
    terms = [dict(zip(("fr", "nl"), activity.terms, strict=True))[language] for activity in REGISTER]

    assert sorted(described(language)) == sorted(terms)


def test_no_rate_counts_longer_than_the_register_says() -> None:
    rates = [getattr(settings, name) for name in dir(settings) if name.endswith("_RATE_LIMIT")]

    assert rates
    assert max(parse(rate).get_expiry() for rate in rates) <= LONGEST_RATE.total_seconds()


def test_every_model_with_personal_data_is_in_the_register() -> None:
    assert [fault for fault in run_checks() if fault.id == "config.E001"] == []


def places() -> set[str]:
    return {kept.where for activity in REGISTER for kept in activity.kept}


def impersonal() -> list[str]:
    return [label for labels in IMPERSONAL.values() for label in labels]


def with_personal_fields() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if personal_fields(model):
            yield model._meta.label


def test_the_check_misses_each_model_that_is_taken_out() -> None:
    for label in with_personal_fields():
        others = [one for one in impersonal() if one != label]

        assert [fault.split()[0] for fault in faults(places() - {label}, others)] == [label]


def test_the_check_refuses_what_is_not_there_and_what_is_said_twice() -> None:
    kept = {*places(), "news.Gone", "members.Need"}

    assert list(faults(kept, [*impersonal(), "news.Theme", "home.HomePage"])) == [
        "members.Need is both personal and impersonal.",
        "news.Theme is called impersonal, and nothing in it looks personal.",
        "news.Gone is in the register, and is no model.",
        "home.HomePage is called impersonal twice.",
    ]


def test_each_place_is_named_once() -> None:
    named = [kept.where for activity in REGISTER for kept in activity.kept]

    assert len(named) == len(set(named))


def test_every_rule_empties_a_place_of_the_register() -> None:
    assert {rule.what for kept in (k for a in REGISTER for k in a.kept) for rule in kept.rules} == {
        rule.what for rule in personal_data.RULES
    }

"""What is kept of a search that found nothing: no word that only one person uses, no hour, no link to anybody."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.finder.unanswered import keep_unanswered
from members.models import UnansweredQuery, UnknownWord, UnrelatedPhrase
from members.models.finder import Passing, UnansweredQueryQuerySet
from tests.factories.members import CommuneFactory, NeedFactory
from tests.forgetting import forget

pytestmark = [pytest.mark.django_db]

MONDAY = date(2026, 11, 23)

Keep = Callable[..., None]


class Nothing:
    """The result of a search that found nothing."""

    needs = ()
    names_only_a_place = False


class OnlyAPlace(Nothing):
    names_only_a_place = True


class Something(Nothing):
    needs = ("a need",)


@pytest.fixture(autouse=True)
def _phrases() -> None:
    NeedFactory(synonyms_fr=["mon frigo est cassé", "perdu ma carte de banque"], synonyms_other=["сломался"])
    UnrelatedPhrase.objects.create(text="météo de demain")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Let it be some days after Monday."""
    yield lambda days: monkeypatch.setattr(timezone, "localdate", lambda *_: MONDAY + timedelta(days=days))


def keep(text: str, language: str = "fr", result: type[Nothing] = Nothing) -> None:
    keep_unanswered(text, language, result())  # type: ignore[arg-type]  # only what it reads


def kept() -> list[str]:
    return sorted(UnansweredQuery.objects.values_list("words", flat=True))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Mon FRIGO est cassé !", "mon frigo est cassé"),
        ("frigo casse", "frigo cassé"),  # in our spelling, not in theirs
        ("météo demain", "météo demain"),  # words of what is not for us are words that we know
        ("сломался frigo", "сломался frigo"),
        ("frigo de Ludivine Vandersteen cassé", "frigo de … cassé"),
        ("Ludivine frigo Vandersteen", "… frigo …"),
        ("frigo 0470 12 34 56", "frigo …"),
        ("frigo ludivine.carte@example.org", "frigo …"),
        ("carte BE71-perdu-ma", "carte …"),  # what stands next to a number goes with it
        ("carte ٤٥٦", "carte …"),
        ("frigo " + "a" * 31, "frigo …"),
        ("frigo\ncassé\tmon", "frigo cassé mon"),
    ],
)
def test_only_words_that_we_know_are_kept(typed: str, left: str) -> None:
    keep(typed)
    assert kept() == [left]


@pytest.mark.parametrize("typed", ["Ludivine Vandersteen", "0470 12 34 56", "a b c", "…", "🙂", "a@b.be"])
def test_a_search_of_which_nothing_is_left_is_not_kept(typed: str) -> None:
    keep(typed)
    assert kept() == []


def test_a_story_is_not_kept() -> None:
    keep("frigo " * 12)
    assert kept() == ["frigo"]
    keep("Ludivine " + "carte " * 12)
    assert kept() == ["frigo"]
    assert not UnknownWord.objects.exists()


@pytest.mark.parametrize("result", [Something, OnlyAPlace])
def test_what_was_answered_is_not_kept(result: type[Nothing]) -> None:
    keep("frigo de Ludivine", result=result)
    assert kept() == []
    assert not UnknownWord.objects.exists()


def test_a_word_is_shown_from_the_third_day(on: Callable[[int], None]) -> None:
    for day in (0, 0, 0, 5):
        on(day)
        keep("kotmadam frigo")
    assert kept() == ["… frigo"]
    on(9)
    keep("Kotmadam carte")
    assert kept() == ["kotmadam carte", "… frigo"]


def test_until_then_only_a_keyed_hash_is_stored(on: Callable[[int], None], settings: object) -> None:
    on(0)
    keep("Kotmadam frigo")
    row = UnknownWord.objects.values().get()
    assert row == {"key": row["key"], "days": 1, "last_asked_on": MONDAY}
    assert len(row["key"]) == 64
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    keep("Kotmadam frigo")
    assert UnknownWord.objects.count() == 2


@pytest.mark.parametrize("typed", ["frigo ab12cd", "frigo moi@chezmoi", "frigo " + "b" * 31])
def test_what_is_telling_is_not_even_hashed(typed: str) -> None:
    keep(typed)
    assert not UnknownWord.objects.exists()


def test_days_that_are_long_past_do_not_count(on: Callable[[int], None]) -> None:
    for day in (0, 1, 92, 93):
        on(day)
        keep("kotmadam frigo")
    assert kept() == ["… frigo"]
    assert UnknownWord.objects.get().days == 2
    assert UnansweredQuery.objects.get().times == 2


def test_it_is_counted_per_language_and_knows_only_the_day(on: Callable[[int], None]) -> None:
    on(0)
    for language in ("fr", "fr", "nl"):
        keep("frigo cassé", language)
    on(2)
    keep("Frigo cassé", "fr")
    rows = UnansweredQuery.objects.order_by("language").values("words", "language", "times", "last_asked_on")
    assert list(rows) == [
        {"words": "frigo cassé", "language": "fr", "times": 3, "last_asked_on": MONDAY + timedelta(days=2)},
        {"words": "frigo cassé", "language": "nl", "times": 1, "last_asked_on": MONDAY},
    ]
    assert {field.name for field in UnansweredQuery._meta.fields} == {"id", *rows[0]}


def test_the_rarest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Passing, "MOST_KEPT", 3)
    for words in ("frigo", "frigo", "carte inconnu1", "carte zzxx", "banque yyww", "perdu vvuu", "mon ttss rrqq ppoo"):
        keep(words)
    assert UnansweredQuery.objects.count() == 3
    assert "frigo" in kept()
    assert UnknownWord.objects.count() == 3


def test_it_is_forgotten_after_90_days() -> None:
    today = timezone.localdate()
    for days in (89, 90, 400):
        day = today - timedelta(days=days)
        UnansweredQuery.objects.create(words=f"frigo {days}", language="fr", last_asked_on=day)
        UnknownWord.objects.create(key=f"{days}", last_asked_on=day)
    assert UnansweredQuery.objects.kept().count() == UnknownWord.objects.kept().count() == 1
    assert forget() == {"searches that found nothing": 2, "words that the finder does not know": 2}
    assert kept() == ["frigo 89"]
    assert UnknownWord.objects.get().pk == "89"


def test_a_failure_is_told_without_the_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*args: object) -> None:
        raise OperationalError("could not insert frigo cassé")

    monkeypatch.setattr(UnansweredQueryQuerySet, "count_one", fails)
    keep("frigo cassé Ludivine")
    assert not UnknownWord.objects.exists()  # whole or not at all
    (record,) = caplog.records
    assert record.getMessage() == "A search that found nothing could not be kept: OperationalError."
    assert record.exc_info is None


@pytest.mark.usefixtures("indexes")
@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"X-Live": "asked"}, True),
        ({"X-Live": "typing"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_what_a_person_asks_on_our_page_is_kept(
    client: Client, headers: dict[str, str], *, is_kept: bool
) -> None:
    CommuneFactory()
    response = client.post(reverse("members:finder"), {"words": "météo de demain Ludivine"}, headers=headers)
    assert response.status_code == 200
    assert UnansweredQuery.objects.exists() == UnknownWord.objects.exists() == is_kept

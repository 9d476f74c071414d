"""What an editor changes takes effect with the next question, in this process and in every other."""

import pytest
from django.db import connection

from members.finder.search import search
from members.finder.store import current_memory
from members.models import Commune, Need, PhraseVector, UnrelatedPhrase
from tests.factories.members import CommuneFactory, NeedFactory


@pytest.fixture(autouse=True)
def _words_alone(settings: object) -> None:
    settings.FINDER_ENCODER = ""


def needs(text: str) -> list[int]:
    return [match.need for match in search(text).matches]


@pytest.mark.django_db
def test_every_way_to_change_takes_effect_at_once() -> None:
    rent = NeedFactory(label_fr="Loyer", label_nl="Huur")
    other = NeedFactory(label_fr="Repas", label_nl="Maaltijden")
    assert needs("trottinette") == []

    rent.synonyms_fr = ["trottinette"]
    rent.save()
    assert needs("trottinette") == [rent.pk]

    Need.objects.filter(pk=rent.pk).update(synonyms_fr=[])
    Need.objects.filter(pk=other.pk).update(synonyms_other=["trottinette"])
    assert needs("trottinette") == [other.pk]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_need SET synonyms_other = '{}', synonyms_nl = '{trottinette}'")
    assert set(needs("trottinette")) == {rent.pk, other.pk}

    Need.objects.filter(pk=other.pk).update(live=False)
    assert needs("trottinette") == [rent.pk]

    rent.delete()
    assert needs("trottinette") == []


@pytest.mark.django_db
def test_what_is_not_for_us_and_places_take_effect_at_once() -> None:
    need = NeedFactory(label_fr="Réparer", label_nl="Herstellen", synonyms_fr=["réparer un toit"])
    commune = CommuneFactory(name_fr="Montagne", name_nl="Bergen")
    assert needs("réparer une trottinette") == [need.pk]
    assert search("réparer à Colline").communes == frozenset()

    UnrelatedPhrase.objects.create(text="réparer une trottinette")
    Commune.objects.filter(pk=commune.pk).update(other_names=["Colline"])

    assert needs("réparer une trottinette") == []
    assert search("réparer à Colline").communes == {commune.pk}


@pytest.mark.django_db
def test_only_a_changed_phrase_is_read_anew(settings: object) -> None:
    settings.FINDER_ENCODER = "tests.members.finder.test_index.Sideways"
    need = NeedFactory(label_fr="Loyer", label_nl="Huur", description_fr="Alpha", description_nl="Alpha")
    before = current_memory().index

    Need.objects.filter(pk=need.pk).update(order=7)
    assert current_memory().index is before
    assert PhraseVector.objects.count() == 3

    Need.objects.filter(pk=need.pk).update(label_nl="Loyer")
    assert current_memory().index is not before

    Need.objects.filter(pk=need.pk).update(label_fr="Gaz", label_nl="Gas")
    current_memory()
    assert PhraseVector.objects.count() == 3  # the vector of "Loyer" is gone


@pytest.mark.django_db
def test_without_a_single_need_nothing_is_found() -> None:
    assert needs("loyer") == []

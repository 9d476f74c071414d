"""What the finder understands, with the alliance's real needs: measured on cases, and the cautions of its content."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from members.answers import Wish
from members.finder.evaluation import Outcome, answer, evaluate, read_cases
from members.finder.result import FinderResult
from members.finder.search import MOST_SHOWN, Found, search
from members.models import Commune, Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

HERE = Path(settings.BASE_DIR) / "tests" / "members" / "finder"
# A little under what was measured when the phrases were written; the newest figures are in the closing notes.
FLOORS = {
    "development": {"need_top1": 0.94, "need_top3": 0.98, "association_top1": 0.95, "urgent_recall": 0.99},
    "check": {"need_top1": 0.92, "need_top3": 0.965, "association_top1": 0.94, "urgent_recall": 0.97},
}


@pytest.fixture(scope="module", params=FLOORS)
def measured(request: pytest.FixtureRequest, content: None, django_db_blocker: pytest.FixtureRequest) -> tuple:
    with django_db_blocker.unblock():
        outcomes = [answer(case) for case in read_cases(HERE / f"{request.param}.yaml")]
    return request.param, outcomes


def slugs(text: str) -> list[str]:
    found = search(text)
    names = dict(Need.objects.values_list("pk", "slug_fr"))
    return [names[match.need] for match in found.matches]


def shown(text: str) -> FinderResult:
    found = search(text)
    return FinderResult.of(found, Wish(found.communes))


def test_the_finder_is_as_good_as_it_was(measured: tuple[str, list[Outcome]]) -> None:
    name, outcomes = measured
    report = evaluate(outcomes)

    assert {key: report[key] for key in FLOORS[name] if report[key] < FLOORS[name][key]} == {}
    assert report["offtopic_rejected"] >= 0.85
    assert report["false_rejected"] <= 0.02
    assert {code: one["need_top1"] for code, one in report["by_lang"].items() if one["need_top1"] < 0.8} == {}


def test_the_cases_ask_for_every_need_in_every_language(measured: tuple[str, list[Outcome]]) -> None:
    _name, outcomes = measured
    cases = [outcome.case for outcome in outcomes]

    assert len(cases) >= 300
    assert sum(case.kind == "offtopic" for case in cases) >= 30
    assert {case.lang for case in cases} == {"fr", "nl", "en", "ar", "tr", "es", "pl", "pt", "it", "de", "ru"}
    assert {need for case in cases for need in case.needs} == set(Need.objects.values_list("slug_fr", flat=True))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_need_is_found_by_its_own_words(language: str) -> None:
    labels = Need.objects.values_list("slug_fr", f"label_{language}")

    assert {slug: label for slug, label in labels if slugs(label)[:1] != [slug]} == {}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("zoon slaat mij", "violences-conjugales enfant-en-danger maltraitance-aine"),
        ("زوجي يضربني كل ليلة", "violences-conjugales"),
        ("kocam beni dövüyor", "violences-conjugales"),
        ("он меня бьёт, мне страшно идти домой", "violences-conjugales"),
        ("je veux mourir", "idees-suicidaires"),
        ("chcę ze sobą skończyć", "idees-suicidaires"),
        ("no tengo donde dormir esta noche", "sans-abri"),
        ("my friend took too much heroin and does not wake up", "overdose"),
    ],
)
def test_whoever_is_in_danger_sees_numbers_first_whatever_the_language(text: str, need: str) -> None:
    result = shown(text)

    assert result.urgent is not None
    assert result.urgent.need.slug_fr in need.split()
    assert result.urgent.helplines[0].number


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "asdfgh qwerty", "météo demain", "recette de crêpes", "🙂🙂", "9" * 500]
)
def test_nothing_is_found_where_there_is_nothing_to_find(text: str) -> None:
    assert search(text).matches == ()


def test_never_more_than_three_best_first() -> None:
    found = search("ma mère est seule, elle tombe, elle oublie tout, je n'en peux plus")

    chances = [match.probability for match in found.matches]
    assert 1 <= len(chances) <= MOST_SHOWN
    assert chances == sorted(chances, reverse=True)


def test_a_lonely_student_is_not_sent_to_the_association_for_elders() -> None:
    assert slugs("je suis étudiant, je viens d'arriver et je ne connais personne")[0] == "solitude"


def test_people_without_a_roof_are_not_sent_to_the_centre_for_drug_users() -> None:
    result = shown("je suis à la rue ce soir avec ma valise")

    assert "projet-lama" not in [slug for matched in result.needs[:1] for slug in matched.associations]
    assert "samusocial" in [helpline.slug for helpline in result.urgent.helplines]


@pytest.mark.parametrize("text", ["repas livrés à Ixelles", "maaltijden aan huis 1050", "maaltijden in Elsene"])
def test_a_place_narrows_the_answer_and_changes_no_need(text: str) -> None:
    found = search(text)

    assert found.communes == {Commune.objects.get(slug="ixelles").pk}
    assert slugs(text)[0] == "repas-a-domicile"


def test_who_works_elsewhere_comes_last_and_says_so() -> None:
    result = shown("vieille dame seule qui voudrait de la compagnie à Ganshoren")

    matched = next(one for one in result.needs if one.need.slug_fr == "solitude-aine")
    assert [answer.association.slug for answer in matched.answers] == []
    assert [answer.association.slug for answer in matched.elsewhere] == ["bras-dessus-bras-dessous"]


def test_a_place_alone_finds_no_need() -> None:
    assert search("1050") == Found(
        communes=frozenset([Commune.objects.get(slug="ixelles").pk]), names_only_a_place=True
    )


def test_evaluation_prints_what_was_asked_for() -> None:
    out = StringIO()
    call_command("finder_eval", HERE / "check.yaml", "--json", stdout=out)

    report = json.loads(out.getvalue())
    asked = (
        "need_top1 need_top3 association_top1 urgent_recall offtopic_rejected false_rejected p50_ms p95_ms by_lang n"
    )
    assert set(asked.split()) <= set(report)
    assert report["n"] == len(read_cases(HERE / "check.yaml"))


def test_evaluation_shows_the_misses(tmp_path: Path) -> None:
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        "- {id: a, lang: fr, query: loyer impayé, needs: [benevole-voisin], urgent: true, kind: typo}\n"
        "- {id: b, lang: nl, query: het weer morgen, needs: [], kind: offtopic}\n"
    )
    out = StringIO()
    call_command("finder_eval", cases, stdout=out)

    missed = [line for line in out.getvalue().splitlines() if "wanted" in line]
    assert len(missed) == 1
    assert "a “loyer impayé” wanted benevole-voisin; got" in missed[0]
    assert "help lines not first" in missed[0]


@pytest.mark.parametrize(
    ("text", "said"), [("a: 1", "is not a list"), ("- {id: x, lang: fr}", "Case x lacks query"), ("- [", "cases.yaml")]
)
def test_evaluation_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "cases.yaml").write_text(text)

    with pytest.raises(CommandError, match=said):
        call_command("finder_eval", tmp_path / "cases.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [("[]", "no case"), ("- {id: a, lang: fr, query: loyer, needs: [loyers]}", "No need is called loyers")],
)
def test_no_weights_are_fitted_on_cases_that_cannot_be_right(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "cases.yaml").write_text(text)

    with pytest.raises(CommandError, match=said):
        call_command("finder_fit", tmp_path / "cases.yaml")


def test_a_case_may_leave_empty_what_it_does_not_ask(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(
        "- {id: 1, lang: fr, query: null, needs: null, associations: null, urgent: null, kind: offtopic}\n"
        "- {id: 2, lang: nl, query: 1050, needs: [], kind: null}\n"
    )
    out = StringIO()
    call_command("finder_eval", tmp_path / "cases.yaml", "--json", stdout=out)

    assert json.loads(out.getvalue())["offtopic_rejected"] == 1


def test_evaluation_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.yaml"):
        call_command("finder_eval", tmp_path / "nowhere.yaml")

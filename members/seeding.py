"""Loads communes, associations, services, needs and help lines, and the pages that show them."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.languages import LANGUAGES
from home.seeding import SEED, add_in_every_language, add_missing, fields, pages_content, read
from members.models import (
    Address,
    Association,
    AssociationIndexPage,
    Audience,
    CharterPage,
    Commune,
    ContactPoint,
    Helpline,
    JobFunction,
    Need,
    NeedAnswer,
    NeedGroup,
    NeedHelpline,
    NeedIndexPage,
    NeedOutsideAddress,
    OutsideAddress,
    Service,
    UnrelatedPhrase,
)

NOT_FOR_US = "not-for-us"


def seed_records() -> None:
    """Every record of the alliance, in the order in which they refer to each other."""
    for facts in read(SEED / "communes.yaml")["communes"]:
        add_missing(Commune, fields(Commune, facts, nis_code="nis"))
    vocabulary = read(SEED / "vocabulary.yaml")
    for facts in vocabulary["audiences"]:
        add_missing(Audience, fields(Audience, facts))
    for facts in vocabulary["functions"]:
        add_missing(JobFunction, fields(JobFunction, facts))
    for facts in read(SEED / "associations.yaml")["associations"]:
        _seed_association(facts)
    _seed_needs(read(SEED / "needs.yaml"))


def _seed_association(facts: dict[str, Any]) -> None:
    association, is_new = add_missing(Association, fields(Association, facts), **_published(facts["is_published"]))
    if not is_new:
        return
    association.audiences.set(Audience.objects.filter(slug__in=facts["audiences"]))
    association.contact_points = [
        ContactPoint(**fields(ContactPoint, point), sort_order=place)
        for place, point in enumerate(facts["contact_points"])
    ]
    association.addresses = [
        Address(
            **fields(Address, address),
            commune=Commune.objects.filter(slug=address["commune"]).first(),
            sort_order=place,
        )
        for place, address in enumerate(facts["addresses"])
    ]
    association.save()
    for place, service in enumerate(facts["services"]):
        _seed_service(association, service, place)


def _published(is_live: bool) -> dict[str, Any]:
    """What publishing notes on a record; a record that was public answers 410 once it is taken away."""
    now = timezone.now() if is_live else None
    return {"live": is_live, "first_published_at": now, "last_published_at": now}


def _seed_service(association: Association, facts: dict[str, Any], place: int) -> None:
    service = Service.objects.create(
        **fields(Service, facts, spoken_languages="languages"),
        association=association,
        order=place,
        live=facts["is_published"],
    )
    service.audiences.set(Audience.objects.filter(slug__in=facts["audiences"]))
    service.communes.set(Commune.objects.filter(slug__in=facts["communes"]))
    service.save()


def _seed_needs(content: dict[str, Any]) -> None:
    for facts in content["groups"]:
        add_missing(NeedGroup, fields(NeedGroup, facts, slug_fr="slug"), key="slug_fr")
    for facts in content["helplines"]:
        add_missing(Helpline, fields(Helpline, facts, spoken_languages="languages"))
    for facts in content["outside_addresses"]:
        add_missing(OutsideAddress, fields(OutsideAddress, facts, purpose_fr="what_fr", purpose_nl="what_nl"))
    phrases = {path.stem: read(path) for path in sorted((SEED / "phrases").glob("*.yaml"))}
    for place, facts in enumerate(content["needs"]):
        _seed_need(facts | _synonyms(facts, phrases), place)
    if not UnrelatedPhrase.objects.exists():
        texts = dict.fromkeys(text for words in phrases.values() for text in words[NOT_FOR_US])
        UnrelatedPhrase.objects.bulk_create(UnrelatedPhrase(text=text) for text in texts)


def _synonyms(facts: dict[str, Any], phrases: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    """The words of a need with what people also say, in every language."""
    own = {f"synonyms_{code}": [*facts[f"synonyms_{code}"], *phrases[code][facts["slug"]]] for code in LANGUAGES}
    others = [words[facts["slug"]] for code, words in phrases.items() if code not in LANGUAGES]
    return {**own, "synonyms_other": [text for texts in others for text in texts]}


def _seed_need(facts: dict[str, Any], place: int) -> None:
    group = NeedGroup.objects.get(slug_fr=facts["group"])
    values = fields(Need, facts, slug_fr="slug")
    need, is_new = add_missing(Need, values, key="slug_fr", group=group, order=place, **_published(True))
    if not is_new:
        return
    need.answers = [
        NeedAnswer(
            association=Association.objects.get(slug=answer["association"]),
            service=Service.objects.filter(association__slug=answer["association"], slug=answer["service"]).first(),
            sort_order=rank,
        )
        for rank, answer in enumerate(facts["answers"])
    ]
    need.helpline_links = [
        NeedHelpline(helpline=Helpline.objects.get(slug=slug), sort_order=rank)
        for rank, slug in enumerate(facts["helplines"])
    ]
    need.outside_links = [
        NeedOutsideAddress(outside_address=OutsideAddress.objects.get(slug=slug), sort_order=rank)
        for rank, slug in enumerate(facts["outside_addresses"])
    ]
    need.save()


def seed_pages(homes: dict[str, Page]) -> None:
    """Find help, the associations and the charter."""
    content = pages_content()
    add_in_every_language(homes, NeedIndexPage, content["find_help"])
    add_in_every_language(homes, AssociationIndexPage, content["members"])
    charter = {
        language: {
            **content["charter"][language],
            "articles": [("article", article) for article in content["charter"][language]["articles"]],
        }
        for language in LANGUAGES
    }
    add_in_every_language(homes, CharterPage, charter)

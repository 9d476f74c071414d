"""Associations, services, needs and what belongs to them."""

from datetime import date
from typing import Any

import factory

from members.models import (
    Address,
    Association,
    AssociationIndexPage,
    Audience,
    CharterPage,
    Commune,
    ContactPoint,
    Helpline,
    Need,
    NeedAnswer,
    NeedGroup,
    NeedHelpline,
    NeedIndexPage,
    NeedOutsideAddress,
    OutsideAddress,
    Service,
)
from tests.factories.home import PageFactory

READ_ON = date(2026, 9, 15)


class AssociationIndexPageFactory(PageFactory):
    class Meta:
        model = AssociationIndexPage


class CharterPageFactory(PageFactory):
    class Meta:
        model = CharterPage


class NeedIndexPageFactory(PageFactory):
    class Meta:
        model = NeedIndexPage

    not_listed_title = "Autre chose"


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience

    slug = factory.Sequence(lambda number: f"public-{number}")
    name_fr = factory.Sequence(lambda number: f"Public {number}")
    name_nl = factory.Sequence(lambda number: f"Doelgroep {number}")


class CommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commune

    slug = factory.Sequence(lambda number: f"commune-{number}")
    name_fr = factory.Sequence(lambda number: f"Commune {number}")
    name_nl = factory.Sequence(lambda number: f"Gemeente {number}")
    postcodes = ["1000"]
    nis_code = factory.Sequence(lambda number: f"{21000 + number}")


class AssociationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Association

    slug = factory.Sequence(lambda number: f"association-{number}")
    name_fr = factory.Sequence(lambda number: f"Association {number} asbl")
    name_nl = factory.Sequence(lambda number: f"Vereniging {number} vzw")
    short_name_fr = factory.Sequence(lambda number: f"Association {number}")
    short_name_nl = factory.Sequence(lambda number: f"Vereniging {number}")
    plain_fr, plain_nl = "Elle aide.", "Ze helpt."
    description_fr, description_nl = "Elle aide chez vous.", "Ze helpt bij u thuis."
    verified_on = READ_ON
    source_url = "https://www.exemple.be/qui"
    order = factory.Sequence(int)


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    association = factory.SubFactory(AssociationFactory)
    slug = factory.Sequence(lambda number: f"service-{number}")
    label_fr = factory.Sequence(lambda number: f"Service {number}")
    label_nl = factory.Sequence(lambda number: f"Dienst {number}")
    verified_on = READ_ON


class NeedGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedGroup

    slug_fr = factory.Sequence(lambda number: f"groupe-{number}")
    slug_nl = factory.Sequence(lambda number: f"groep-{number}")
    name_fr = factory.Sequence(lambda number: f"Groupe {number}")
    name_nl = factory.Sequence(lambda number: f"Groep {number}")
    order = factory.Sequence(int)


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    group = factory.SubFactory(NeedGroupFactory)
    slug_fr = factory.Sequence(lambda number: f"besoin-{number}")
    slug_nl = factory.Sequence(lambda number: f"hulpvraag-{number}")
    label_fr = factory.Sequence(lambda number: f"J'ai besoin {number}")
    label_nl = factory.Sequence(lambda number: f"Ik heb nodig {number}")
    description_fr, description_nl = "Nous cherchons avec vous.", "We zoeken met u."


class HelplineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Helpline

    slug = factory.Sequence(lambda number: f"ligne-{number}")
    number = "107"
    name_fr, name_nl = "Écoute", "Luisterlijn"
    verified_on = READ_ON


class OutsideAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutsideAddress

    slug = factory.Sequence(lambda number: f"adresse-{number}")
    name_fr, name_nl = "Ailleurs", "Elders"
    purpose_fr, purpose_nl = "Autre aide", "Andere hulp"
    verified_on = READ_ON


def add_contact(association: Association, value: str, kind: str = "phone", **values: Any) -> ContactPoint:
    """A way to reach it, verified unless ``verified_on=None``."""
    values = {"verified_on": READ_ON} | values
    return ContactPoint.objects.create(association=association, kind=kind, value=value, **values)


def add_address(association: Association, street: str, **values: Any) -> Address:
    """An address, verified unless ``verified_on=None``."""
    values = {"verified_on": READ_ON, "postcode": "1060"} | values
    return Address.objects.create(association=association, street_fr=street, **values)


def answer(need: Need, association: Association, service: Service | None = None) -> NeedAnswer:
    """Let an association answer a need."""
    return NeedAnswer.objects.create(need=need, association=association, service=service)


def attach(need: Need, *things: Helpline | OutsideAddress) -> None:
    """Put help lines and outside addresses on a need's page, in this order."""
    for place, thing in enumerate(things):
        if isinstance(thing, Helpline):
            NeedHelpline.objects.create(need=need, helpline=thing, sort_order=place)
        else:
            NeedOutsideAddress.objects.create(need=need, outside_address=thing, sort_order=place)

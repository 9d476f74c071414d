"""Which associations a visitor looks for: by audience, commune and kind of help."""

from collections import defaultdict
from typing import Any, NamedTuple, cast

from django import forms
from django.db.models import Exists, OuterRef, Q, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from members.models.association import Association, AssociationQuerySet
from members.models.need import NeedAnswer, NeedGroup
from members.models.service import Service
from members.models.vocabulary import Audience, Commune

UNKNOWN_CHOICE = _("We do not know this choice, so the list does not use it. Choose another one.")


class AssociationFilterForm(forms.Form):
    """What may be chosen; an unknown value is told and left aside, the other choices hold."""

    audience = forms.ChoiceField(label=_("For whom"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    help = forms.ChoiceField(label=_("Kind of help"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data if self.base_fields.keys() & data.keys() else None, use_required_attribute=False)
        choices = _choices()
        self.keys = {(name, choice.slug): choice.key for name in choices for choice in choices[name]}
        for name, everything in (("audience", _("Everyone")), ("commune", _("All")), ("help", _("All kinds"))):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", everything), *((choice.slug, choice.label) for choice in choices[name])]
            field.error_messages["invalid_choice"] = UNKNOWN_CHOICE

    def chosen(self, name: str) -> str:
        """The slug that was chosen; empty when none was, or when nobody knows it."""
        self.is_valid()
        return getattr(self, "cleaned_data", {}).get(name, "")

    @property
    def is_used(self) -> bool:
        """Tell whether at least one choice narrows the list."""
        return any(self.chosen(name) for name in self.fields)

    def associations(self) -> AssociationQuerySet:
        """The associations that fit; ``is_area_unknown`` marks those that may or may not work in the commune."""
        found = Association.objects.visible_to(None).in_order()
        services = Service.objects.visible_to(None).filter(association=OuterRef("pk"))
        if group := self.chosen("help"):
            answers = NeedAnswer.objects.filter(need__live=True, **{f"need__group__{to_attribute('slug')}": group})
            found = found.filter(Exists(answers.filter(association=OuterRef("pk"))))
        if slug := self.chosen("audience"):
            audience = self.keys["audience", slug]
            found = found.filter(_is_for(audience, services))
            services = services.for_audience(audience)
        if slug := self.chosen("commune"):
            found = _near(self.keys["commune", slug], found, services)
        return found


def _is_for(audience: int, services: Any) -> Q:
    """An association is for an audience by one of its services or, having none, by its own word."""
    own_word = Association.objects.filter(Q(audiences=audience) | Q(audiences__is_everyone=True), pk=OuterRef("pk"))
    return Q(Exists(services.for_audience(audience))) | (~Q(Exists(services)) & Q(Exists(own_word)))


def _near(commune: int, found: Any, services: Any) -> Any:
    """Those that work in a commune, and those of which nobody knows where they work."""
    in_commune = services.in_commune(commune)
    unknown = Q(Exists(services.of_unknown_area())) | ~Q(Exists(services))
    found = found.annotate(is_in_commune=Exists(in_commune), is_area_unknown=~Exists(in_commune))
    return found.filter(Q(is_in_commune=True) | unknown).order_by("is_area_unknown", *found.query.order_by)


class Choice(NamedTuple):
    """Something to choose, as the database gives it."""

    field: str
    slug: str
    label: str
    place: int
    key: int


def _choices() -> dict[str, list[Choice]]:
    """What each field offers, in the active language, read in one query."""
    name = to_attribute("name")
    audiences = Audience.objects.filter(is_everyone=False).values_list(Value("audience"), "slug", name, "pk", "pk")
    communes = Commune.objects.values_list(Value("commune"), "slug", name, Value(0), "pk")
    groups = NeedGroup.objects.values_list(Value("help"), to_attribute("slug"), name, "order", "pk")
    found: defaultdict[str, list[Choice]] = defaultdict(list)
    for row in audiences.order_by().union(communes.order_by(), groups.order_by(), all=True):
        found[row[0]].append(Choice(*row))
    for choices in found.values():
        choices.sort(key=lambda choice: (choice.place, choice.label))
    return found

"""Tags that show the associations in the frame and on public pages."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from home.components import Petal, Ring
from home.frame import frame_of
from home.page_cache.memory import MEMORY
from members.cards import written_address
from members.components import AssociationCards, SomeAssociations
from members.devices import device_name
from members.finder.components import FinderBox
from members.finder.forms import FinderForm, WordsForm
from members.models import Association, Helpline, Need, NeedGroup
from members.models.association import hue_of
from members.navigation import MemberLink, member_links

register = template.Library()
register.filter(written_address)


@register.simple_tag(takes_context=True)
def alliance_ring(context: Context, modifier: str = "") -> SafeString:
    """The sign of the alliance, with a petal for each of its associations today."""
    hues = [hue_of(order) for order in frame_of(context.get("request")).association_orders]
    return MEMORY.value(f"ring {modifier} {hues}", lambda: Ring(hues, modifier).render_html())


@register.simple_tag
def association_petal(association: Association) -> Petal:
    """The sign of one association."""
    return Petal(association.hue)


@register.simple_tag
def public_associations() -> SomeAssociations:
    """The public associations, as many as fit on a page that shows other things too."""
    return SomeAssociations.of(Association.objects.visible_to(None).in_order().for_cards())


@register.simple_tag
def association_cards(associations: Sequence[Association]) -> AssociationCards:
    """A card for each association."""
    return AssociationCards(associations)


@register.simple_tag
def finder_box(with_choices: bool = False) -> FinderBox:
    """An empty box of the finder; ``with_choices`` of commune and language costs a query."""
    return FinderBox(FinderForm() if with_choices else WordsForm())


@register.simple_tag
def needs_by_group() -> list[tuple[NeedGroup, list[Need]]]:
    """Every public need below its group."""
    needs = Need.objects.visible_to(None).select_related("group").in_order()
    return [(group, list(members)) for group, members in groupby(needs, attrgetter("group"))]


@register.simple_tag
def emergencies() -> list[Helpline]:
    """The numbers of those who come at once."""
    return list(Helpline.objects.emergencies())


@register.simple_tag
def public_needs() -> list[Need]:
    """Every public need, for the site map."""
    return list(Need.objects.visible_to(None).in_order())


@register.simple_tag(takes_context=True)
def member_menu(context: Context) -> list[MemberLink]:
    """The links of the member area for the person who signed in."""
    return member_links(context["request"])


@register.filter
def device(user_agent: str) -> str:
    """A browser in words that its owner recognises."""
    return device_name(user_agent)

"""Giving: hand in files, say what they are, share them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from home.access import member_required
from home.keys import is_key
from home.throttling import is_within_limit
from home.trail import Step, member_trail
from library.audience import Audience
from library.files import CONTENT_TYPES
from library.giving import actions
from library.giving.cards import SHOWN, DraftCard, cards_of, drafts_of
from library.giving.forms import CommonForm
from library.giving.offer import Offer
from library.giving.target import Target, target_of
from library.models import Draft, Tool

MOST_TOLD = 100  # tools on the page that says what was shared


@member_required
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in files, one or many; below are those that one has not shared yet."""
    target = target_of(request.POST if request.method == "POST" else request.GET, request.user)
    if request.method != "POST":
        return _page(request, cards_of(drafts_of(request.user), request.user), target)
    files = request.FILES.getlist("file")
    refused = (
        [_("Choose a file first.")]
        if not files
        else [said for file in files if (said := _take(request, file, target))]
    )
    if "X-Live" in request.headers:
        return JsonResponse({"refused": refused}, status=422 if refused else 201)
    if refused:
        return _page(request, cards_of(drafts_of(request.user), request.user), target, refused)
    return redirect(reverse("library:upload") + "#drafts")


def _take(request: HttpRequest, file: Any, target: Target) -> str:
    """Keep one file; gives what is wrong with it, or nothing."""
    try:
        if not is_within_limit(request, "upload", settings.UPLOAD_RATE_LIMIT):
            raise ValidationError(_("That was many files in a short time. Hand in the others in an hour."))
        actions.hand_in(file=file, by=request.user, tool=target.tool, request=target.request, typed=target.typed)
    except ValidationError as error:
        return f"{file.name}: {' '.join(error.messages)}"
    return ""


def _page(
    request: HttpRequest, cards: list[DraftCard], target: Target, refused: Any = (), common: Any = None
) -> HttpResponse:
    context = {
        "cards": cards,
        "target": target,
        "refused": refused,
        "common": common or CommonForm(offer=cards[0].form.offer if cards else Offer(request.user)),
        "has_more": len(cards) == SHOWN,
        "is_wrong": any(card.form.is_bound and card.form.errors for card in cards),
        "accepted": ",".join(CONTENT_TYPES),
        "max_size": settings.LIBRARY_MAX_FILE_SIZE,
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
    }
    return render(request, "library/give/give.html", context, status=422 if refused or context["is_wrong"] else 200)


@require_POST
@member_required
def drafts(request: HttpRequest) -> HttpResponse:
    """Keep what was typed about the drafts that were sent, then do what the button says."""
    sent = set(request.POST.getlist("draft"))
    cards = cards_of([draft for draft in drafts_of(request.user) if draft.pk.hex in sent], request.user, request.POST)
    for card in cards:
        card.form.keep_typed()
    verb, _space, rest = request.POST.get("action", "check").partition(" ")
    if verb == "share":
        return _share(request, cards)
    if verb == "apply":
        return _apply(request, cards)
    anchor = _change(request, verb, rest)
    return redirect(reverse("library:upload") + f"#{anchor}")


def _share(request: HttpRequest, cards: list[DraftCard]) -> HttpResponse:
    """Share what is ticked, all of it or nothing."""
    forms = [card.form for card in cards if card.form.is_going_along or len(cards) == 1]
    if not forms:
        messages.warning(request, _("Tick at least one of the files. Nothing is lost."))
        return redirect(reverse("library:upload") + "#drafts")
    wrong = [form for form in forms if not form.is_valid()]  # every form says what is wrong with it
    if not wrong:
        tools = actions.share(forms=forms, by=request.user)
        query = urlencode([("tool", tool.pk) for tool in tools])
        return redirect(f"{reverse('library:given')}?{query}")
    fresh = {card.draft.pk: card for card in cards_of(_left_alone(cards), request.user)}
    return _page(request, [fresh.get(card.draft.pk, card) for card in cards], Target())


def _left_alone(cards: list[DraftCard]) -> list[Draft]:
    """Drafts that were not ticked: nothing is said about them."""
    return [card.draft for card in cards if not card.form.is_going_along and len(cards) > 1]


def _apply(request: HttpRequest, cards: list[DraftCard]) -> HttpResponse:
    """Copy what is the same for all into every ticked draft."""
    common = CommonForm(request.POST, offer=Offer(request.user))
    if not common.is_valid():
        return _page(request, cards_of([card.draft for card in cards], request.user), Target(), common=common)
    changed = [card.draft for card in cards if card.form.is_going_along and not card.draft.tool_id]
    for draft in changed:
        draft.typed |= common.given
        draft.save(update_fields=["typed"])
    said = ngettext("Copied into %(number)d file.", "Copied into %(number)d files.", len(changed))
    messages.success(request, said % {"number": len(changed)})
    return redirect(reverse("library:upload") + "#drafts")


def _change(request: HttpRequest, verb: str, rest: str) -> str:
    """Take a draft away, or make it a version of a tool, or a tool of its own; gives where to look next."""
    key, _space, slug = rest.partition(" ")
    draft = next((draft for draft in drafts_of(request.user) if draft.pk.hex == key), None)
    if draft is None:
        return "drafts"
    if verb == "remove":
        draft.delete()
        messages.success(request, _("%(name)s is taken out.") % {"name": draft.file_name})
        return "drafts"
    if verb in ("version", "own"):
        tools = Tool.objects.extendable_by(request.user)
        actions.move(draft=draft, tool=get_object_or_404(tools, slug=slug) if verb == "version" else None)
    return f"draft-{key}"


@require_POST
@member_required
def save_draft(request: HttpRequest, pk: Any) -> HttpResponse:
    """Keep the fields that somebody touched, as they type; answers with the draft as it is now."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    (sent,) = cards_of([draft], request.user, request.POST)
    sent.form.keep_typed(request.POST.getlist("touched"))
    (card,) = cards_of(
        list(Draft.objects.filter(pk=pk).select_related("stored_file", "tool", "request__type", "request__theme")),
        request.user,
    )
    return render(request, "library/give/draft.html", {"card": card})


@member_required
def given(request: HttpRequest) -> HttpResponse:
    """What was just shared, where it stands now, and who sees it."""
    keys = [key for key in request.GET.getlist("tool")[:MOST_TOLD] if is_key(key)]
    tools = Tool.objects.visible_to(request.user).filter(pk__in=keys).for_lists().prefetch_related("groups")
    context = {
        "told": [(tool, Audience.of(tool, request.user)) for tool in tools],
        "left": Draft.objects.visible_to(request.user).count(),
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
    }
    return render(request, "library/give/given.html", context)

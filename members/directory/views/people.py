"""Finding a counterpart: the list, a person's page, cards for telephones, lists to print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from home.access import member_required
from home.components import Pagination
from home.trail import Step, member_trail
from members.audit.log import record
from members.directory.components import CounterpartList
from members.directory.contributions import contributions_of
from members.directory.forms import DirectoryForm
from members.directory.vcards import CONTENT_TYPE, vcards
from members.enums import AuditAction, ContactKind
from members.finder.discretion import discreet
from members.models import Association, JobFunction, User

PEOPLE_PER_PAGE = 30


@member_required
@discreet
def counterparts(request: HttpRequest) -> HttpResponse:
    """Everybody who agreed to be listed, or those who fit the words and choices in the address."""
    form = DirectoryForm(request.GET, reader=request.user)
    page = form.page(request.GET.get("page"), PEOPLE_PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "list": CounterpartList(page.object_list, level=2),
        "pagination": Pagination(page, request.GET),
        "trail": member_trail(),
    }
    return render(request, "members/directory/counterparts.html", context, status=422 if form.errors else 200)


@member_required
def counterpart(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach somebody, and what they did: tools they shared, groups they belong to."""
    person = get_object_or_404(User.objects.visible_to(request.user).for_directory(), pk=pk)
    context = {
        "person": person,
        "parts": contributions_of(person, request.user),
        "is_own": person.pk == request.user.pk,
        "trail": directory_trail(),
    }
    return render(request, "members/directory/counterpart.html", context)


@member_required
def vcard(request: HttpRequest, pk: int) -> HttpResponse:
    """One person for the telephone book of a phone."""
    person = get_object_or_404(User.objects.visible_to(request.user).for_directory(), pk=pk)
    _note(request, "card", person=person, association=person.association)
    return _file([person], f"counterpart-{person.pk}")


@member_required
def function_vcards(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who does one job, in one file."""
    function = get_object_or_404(JobFunction, slug=slug)
    people = User.objects.visible_to(request.user).listed().filter(job_function=function)
    _note(request, function.slug)
    return _file(people.for_directory().by_name(), function.slug)


@member_required
def phone_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of an association with their numbers, on paper."""
    association = get_object_or_404(Association.objects.visible_to(request.user), slug=slug)
    people = User.objects.visible_to(request.user).listed().filter(association=association)
    _note(request, "telephone list", association=association)
    context = {
        "association": association,
        "people": people.for_directory().by_name(),
        "points": association.contact_points.published().filter(kind=ContactKind.PHONE),
        "trail": directory_trail(),
    }
    return render(request, "members/directory/phone_list.html", context)


def directory_trail(*steps: Step) -> list[Step]:
    """The trail of a page of the directory."""
    return member_trail(Step(_("Counterparts"), reverse("members:counterparts")), *steps)


def _note(request: HttpRequest, what: str, **about: Any) -> None:
    """Let the log say who took which numbers away."""
    record(AuditAction.EXPORTED, by=request.user, detail=f"directory, {what}", **about)


def _file(people: Any, name: str) -> HttpResponse:
    return HttpResponse(
        vcards(people),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.vcf"'},
    )

"""Changing a tool from the member area, and adding its next version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from home.access import member_required
from home.trail import Step, member_trail
from library.giving.forms import EditForm
from library.giving.naming import label_of
from library.giving.offer import Offer
from library.models import Tool

SUGGESTIONS = 8


@member_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a tool and who sees it; "check" says who would see it and saves nothing."""
    tool = get_object_or_404(Tool.objects.editable_by(request.user).for_editing(request.user), slug=slug)
    form = EditForm(request.POST or None, instance=tool, offer=Offer(request.user))
    if "X-Live" in request.headers and form.is_bound:
        return HttpResponse(form.audience.render_html())
    is_saving = request.method == "POST" and request.POST.get("action") != "check"
    if is_saving and form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect(tool.get_absolute_url())
    trail = member_trail(Step(_("Library"), reverse("library:tools")), Step(tool.title, tool.get_absolute_url()))
    context = {"form": form, "slug": slug, "can_extend": tool.can_extend, "trail": trail}
    return render(request, "library/give/edit.html", context, status=422 if is_saving else 200)


@member_required
def add_version(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in the next version of a tool: on the page where files are handed in."""
    tool = get_object_or_404(Tool.objects.extendable_by(request.user), slug=slug)
    return redirect(f"{reverse('library:upload')}?{urlencode({'tool': tool.slug})}")


@require_GET
@member_required
def tool_names(request: HttpRequest) -> HttpResponse:
    """Titles of tools that one may see, for a field that names one; alike titles come with their slug."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = Tool.objects.visible_to(request.user).filter(title__icontains=typed) if typed else Tool.objects.none()
    tools = list(found.order_by("title", "pk")[:SUGGESTIONS])
    titles = [tool.title.casefold() for tool in tools]
    names = [label_of(tool, titles.count(tool.title.casefold()) == 1) for tool in tools]
    return JsonResponse({"names": names})

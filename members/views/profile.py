"""What people say of themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from home.access import member_required
from home.trail import member_trail
from members.directory.actions import save_details
from members.forms import ProfileForm
from members.models import User


@member_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's details and save them; what is wrong is said next to its field, and nothing is lost."""
    person = User.objects.get(pk=request.user.pk)  # the frame keeps showing what is saved
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        save_details(person=form.save(commit=False), changed=form.changed_data)
        messages.success(request, _("Your details are saved."))
        return redirect("members:profile")
    status = 422 if form.is_bound else 200
    return render(request, "members/profile.html", {"form": form, "trail": member_trail()}, status=status)

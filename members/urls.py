"""Addresses of associations, needs, and people."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from members.finder.views import finder
from members.views import associations, cards, dashboard, invitations, needs, profile

app_name = "members"
urlpatterns = [
    path(_("associations/<slug:slug>/"), associations.association, name="association"),
    path(_("associations/<slug:slug>/card/"), cards.association_card, name="association_card"),
    path(_("find-help/answer/"), finder, name="finder"),
    path(_("find-help/<slug:slug>/"), needs.need, name="need"),
    path(_("find-help/<slug:slug>/card/"), cards.need_card, name="need_card"),
    path(_("members/"), dashboard.dashboard, name="dashboard"),
    path(_("members/profile/"), profile.profile, name="profile"),
    path(_("members/invitations/"), invitations.invitations, name="invitations"),
    path(_("members/invitations/<int:pk>/withdraw/"), invitations.withdraw, name="withdraw_invitation"),
    path(_("members/invitation/<str:token>/"), invitations.accept, name="accept_invitation"),
]

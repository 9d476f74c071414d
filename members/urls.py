"""Addresses of associations, needs, and people."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.letter_question import letter_question
from members.accounts.views import accounts, bulk, own
from members.directory.question import STILL_RIGHT
from members.directory.views import people, reports
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
    path(_("members/counterparts/"), people.counterparts, name="counterparts"),
    path(_("members/counterparts/<int:pk>/"), people.counterpart, name="counterpart"),
    path(_("members/counterparts/<int:pk>/card.vcf"), people.vcard, name="vcard"),
    path(_("members/counterparts/<int:pk>/left/"), reports.report_departure, name="report_departure"),
    path(_("members/counterparts/functions/<slug:slug>/cards.vcf"), people.function_vcards, name="function_vcards"),
    path(_("members/counterparts/phones/<slug:slug>/"), people.phone_list, name="phone_list"),
    path(_("members/counterparts/map/"), reports.coverage, name="coverage"),
    path(
        _("members/counterparts/map/<slug:function>/<slug:association>/"), reports.suggest, name="suggest_counterpart"
    ),
    path(_("members/counterparts/reports/"), reports.directory_reports, name="directory_reports"),
    path(_("members/counterparts/reports/<int:pk>/<slug:outcome>/"), reports.handle_report, name="handle_report"),
    path(
        _("still-right/<str:token>/<slug:answer>/"),
        letter_question,
        {"question": STILL_RIGHT},
        name="directory_review",
    ),
    path(_("members/invitations/"), invitations.invitations, name="invitations"),
    path(_("members/invitations/<int:pk>/withdraw/"), invitations.withdraw, name="withdraw_invitation"),
    path(_("members/invitations/<int:pk>/resend/"), invitations.resend, name="resend_invitation"),
    path(_("members/invitations/list/"), bulk.invite_many, name="invite_many"),
    path(_("members/accounts/"), accounts.accounts, name="accounts"),
    path(_("members/accounts/<int:pk>/"), accounts.account, name="account"),
    path(_("members/transfers/<int:pk>/answer/"), accounts.answer_transfer, name="answer_transfer"),
    path(_("members/my-data/"), own.my_data, name="my_data"),
    path(_("members/my-data/take/"), own.take_my_data, name="take_my_data"),
    path(_("members/my-data/erase/"), own.ask_for_deletion, name="ask_for_deletion"),
    path(_("members/invitation/<str:token>/"), invitations.accept, name="accept_invitation"),
]

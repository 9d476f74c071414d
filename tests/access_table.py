"""Who gets in where: every named address of the site under exactly one rule."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import ROLES

SIGNED_IN = ROLES[1:]
INVITERS = ("delegate", "editor", "administrator")
CMS_ROLES = ("coordinator", "delegate", "editor", "administrator")
OVERSEERS = ("editor", "administrator")

# Every named address falls under exactly one rule; the first match counts. Value: who gets in.
TABLE: list[tuple[str, tuple[str, ...]]] = [
    (r"choose_language|robots|sitemap|sitemap_part|favicon|security|change_password|cms_login", ROLES),
    (r"django\.views\.(static|generic\.base)", ROLES),  # public pictures; allauth's old addresses, which redirect
    (r"home:(contact_send|site_map)", ROLES),
    (r"home:styleguide", OVERSEERS),
    (r"members:(association|association_card|finder|need|need_card)", ROLES),
    (r"members:accept_invitation", ROLES),
    (r"members:(dashboard|profile|my_data|take_my_data|ask_for_deletion)", SIGNED_IN),
    (r"members:(invitations|withdraw_invitation|resend_invitation|invite_many)", INVITERS),
    (r"members:(accounts|account|answer_transfer)", INVITERS),  # of the own association: test_account_changes.py
    (r"members:(counterparts|counterpart|vcard|function_vcards|phone_list|coverage)", SIGNED_IN),
    (r"members:(suggest_counterpart|report_departure)", SIGNED_IN),
    (r"members:(directory_reports|handle_report)", INVITERS),
    (r"members:directory_review", ROLES),  # a signed link, no sign-in
    (r"news:feed", ROLES),
    (r"news:groups", SIGNED_IN),
    (r"news:group", ("by group",)),
    (r"news:(meeting|meeting_file|answer_meeting|past_meetings)", ("by group",)),
    (r"news:(my_letters|read_all|comments_left)", SIGNED_IN),
    (r"news:stop_letters", ROLES),  # a signed link, no sign-in
    (r"news:(write_comment|answer_comment|edit_comment|remove_comment|choose_letters|colleagues)", ("by article",)),
    (r"news:stop_conversation", ROLES),  # a signed link, no sign-in
    (r"news:picture", ("by group",)),  # test_group_pictures.py
    (r"news:(group_people|join_group|leave_group)", ("by group",)),
    (r"news:(invite_to_group|describe_group|remove_from_group)", ("by who coordinates the group",)),
    (r"news:(proposal|answer_proposal|withdraw_proposal)", ("by who is asked",)),
    (r"news:(calendars|renew_calendars|end_calendars)", SIGNED_IN),
    (r"news:(own_calendar|group_calendar|group_feed)", ("by private address",)),
    (r"library:minutes", ("by who coordinates the group",)),
    (r"library:(upload|given|tool_names|drafts|save_draft)", SIGNED_IN),  # one's own drafts: test_give.py
    (r"library:(edit|add_version)", ("by who may change the tool",)),
    (r"library:(public_.*|review)", ROLES),  # only what an editor made public; a signed link, no sign-in
    (r"library:(usage|usage_csv|export)", INVITERS),
    (r"library:(types|side_by_side|ask|requests|answer.*|select|selection.*)", SIGNED_IN),
    (r"library:(compare|metadata|permanent)", ("by tool",)),
    (r"library:(tools|saved_searches|keep_search|delete_search)", SIGNED_IN),
    (r"library:(tool|download|file|preview)", ("by tool",)),
    (r"wagtail_serve", ("by page",)),
    (r"account_(login|signup|logout|inactive|reset_password.*|confirm_email|email_verification_sent)", ROLES),
    (r"account_request_login_code|account_confirm_login_code|mfa_login_webauthn|mfa_authenticate|mfa_trust", ROLES),
    (r"socialaccount_(login|signup|.*cancelled|.*error)|openid_connect_(login|callback)", ROLES),
    (r"account_.*|mfa_.*|usersessions_.*|socialaccount_.*", SIGNED_IN),
    (r"wagtailadmin_(login|logout|password_reset.*|javascript_catalog|sprite)|wagtailadmin_jsi18n", ROLES),
    (r"wagtail.*|members:admin.*|.*_admin.*|home_.*|members_.*|news_.*|library_.*|editor_guide", CMS_ROLES),
]


def named_patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern of the site with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_patterns(pattern, inner)
        else:
            yield f"{space}{pattern.name or pattern.callback.__module__}", pattern


def rule(name: str) -> tuple[str, ...] | None:
    return next((roles for pattern, roles in TABLE if re.fullmatch(pattern, name)), None)

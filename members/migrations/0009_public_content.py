"""Changes of associations, services and needs are told to the processes that remember public pages."""

from django.db import migrations

from home.page_cache.triggers import watch

# What the CMS notes about a record while somebody writes or plans; no reader sees it.
OF_DRAFTS = ("latest_revision_id", "has_unpublished_changes", "go_live_at", "expire_at", "expired")
OF_THE_FINDER = ("synonyms_fr", "synonyms_nl", "synonyms_other")  # which reads them by itself
LIVE = "row.live"
LIVE_PAGE = "EXISTS (SELECT FROM wagtailcore_page AS page WHERE page.id = row.page_ptr_id AND page.live)"


class Migration(migrations.Migration):
    dependencies = [("members", "0008_letters_in_time"), ("home", "0004_public_content")]

    operations = [
        watch("members_associationindexpage", only=LIVE_PAGE),
        watch("members_needindexpage", only=LIVE_PAGE),
        watch("members_charterpage", only=LIVE_PAGE),
        watch("members_association", *OF_DRAFTS, only=LIVE),
        watch("members_association_audiences"),
        watch("members_contactpoint"),
        watch("members_address"),
        watch("members_service", *OF_DRAFTS, only=LIVE),
        watch("members_service_audiences"),
        watch("members_service_communes"),
        watch("members_serviceexception"),
        watch("members_need", *OF_DRAFTS, *OF_THE_FINDER, only=LIVE),
        watch("members_needgroup"),
        watch("members_needanswer"),
        watch("members_needhelpline"),
        watch("members_needoutsideaddress"),
        watch("members_helpline"),
        watch("members_outsideaddress"),
        watch("members_commune", "other_names"),
        watch("members_audience"),
    ]

"""PostgreSQL tells when something that public pages show changes, so that each process forgets the pages it kept."""

from django.db import migrations

from home.page_cache.triggers import watch

# What the CMS notes about a page while somebody writes or plans; no reader sees it.
OF_DRAFTS = (
    *("latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
    *("go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by_id", "owner_id", "numchild"),
)
# The pages of the member area tell their readers by other ways.
PUBLIC = """row.live AND row.content_type_id NOT IN (
    SELECT id FROM django_content_type WHERE app_label = 'news'
    AND model IN ('memberareapage', 'groupindexpage', 'grouppage', 'groupnewspage'))"""
LIVE = "EXISTS (SELECT FROM wagtailcore_page AS page WHERE page.id = row.page_ptr_id AND page.live)"


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_periodic_runs"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        watch("wagtailcore_page", *OF_DRAFTS, only=PUBLIC),
        watch("wagtailcore_site"),
        watch("wagtailcore_locale"),
        watch("wagtailimages_image", "collection_id", "uploaded_by_user_id"),
        watch("wagtailimages_rendition"),
        watch("home_homepage", only=LIVE),
        watch("home_standardpage", only=LIVE),
        watch("home_contactpage", only=LIVE),
        watch("home_alliancesettings"),
    ]

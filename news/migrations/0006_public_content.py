"""Changes of public news are told to the processes that remember public pages."""

from django.db import migrations

from home.page_cache.triggers import watch

LIVE_PAGE = "EXISTS (SELECT FROM wagtailcore_page AS page WHERE page.id = row.page_ptr_id AND page.live)"


class Migration(migrations.Migration):
    dependencies = [("news", "0005_invited_as"), ("home", "0004_public_content")]

    operations = [
        watch("news_newsindexpage", only=LIVE_PAGE),
        watch("news_newspage", only=LIVE_PAGE),
        watch("news_newspage_associations"),
    ]

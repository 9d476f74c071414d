"""Both languages from the start, and no sample page."""

from django.db import migrations


def add_languages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in ("fr", "nl"):
        Locale.objects.get_or_create(language_code=code)


def remove_sample(apps, schema_editor):
    """Remove the page and the site that Wagtail's own first migration makes."""
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth=2, slug="home").delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunPython(add_languages, migrations.RunPython.noop),
        migrations.RunPython(remove_sample, migrations.RunPython.noop),
    ]

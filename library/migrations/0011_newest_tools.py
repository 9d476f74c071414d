"""Tools by date and by who sees them: what is new, and what associations share side by side, without reading all.

Those without a date come last; the index of public tools had them first.
"""

from django.db import migrations, models

NEWEST_FIRST = (models.F("updated_on").desc(nulls_last=True), models.F("id").desc())


class Migration(migrations.Migration):
    dependencies = [("library", "0010_public_tools_newest")]

    operations = [
        migrations.AddIndex("tool", models.Index(*NEWEST_FIRST, name="newest_tools")),
        migrations.AddIndex(
            "tool",
            models.Index(*NEWEST_FIRST, condition=models.Q(("sharing", "public")), name="newest_public_tools"),
        ),
        migrations.AddIndex("tool", models.Index("type", "association", *NEWEST_FIRST, name="newest_tools_of_type")),
        migrations.AddIndex(
            "tool", models.Index(fields=["type", "association", "sharing"], name="tools_of_type_shared")
        ),
        migrations.RemoveIndex("tool", "public_tools_newest"),
    ]

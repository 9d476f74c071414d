"""Tools by date and by who sees them: what is new, and what associations share side by side, without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0010_public_tools_newest")]

    operations = [
        migrations.AddIndex("tool", models.Index(fields=["-updated_on", "-id"], name="tools_newest")),
        migrations.AddIndex(
            "tool",
            models.Index(fields=["type", "association", "-updated_on", "-id"], name="tools_of_type_newest"),
        ),
        migrations.AddIndex(
            "tool", models.Index(fields=["type", "association", "sharing"], name="tools_of_type_shared")
        ),
    ]

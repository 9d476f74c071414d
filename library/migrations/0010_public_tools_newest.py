"""The few public tools by date: every page asks whether there is one, and would look through the whole library."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0009_public_content")]

    operations = [
        migrations.AddIndex(
            "tool",
            models.Index(
                condition=models.Q(("sharing", "public")),
                fields=["-updated_on", "-id"],
                name="public_tools_newest",
            ),
        )
    ]

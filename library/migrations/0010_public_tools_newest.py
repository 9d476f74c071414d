"""The few public tools by date: the frame of every page tells whether there is one, and looked through the library."""

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

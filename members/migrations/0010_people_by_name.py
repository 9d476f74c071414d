"""People as in a telephone book: a page of the directory needs thirty of them, and sorted all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0009_public_content")]

    operations = [
        migrations.AddIndex(
            "user", models.Index(fields=["last_name", "first_name", "id"], name="people_by_name")
        )
    ]

"""News of the groups by date, for the newest of all and of one group cost the same whatever their number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0007_by_date")]

    operations = [
        migrations.AddIndex(
            "groupnewspage", models.Index(fields=["date", "page_ptr"], name="group_news_by_date")
        ),
        migrations.AddIndex(
            "groupnewspage", models.Index(fields=["group", "date", "page_ptr"], name="group_news_by_group")
        ),
    ]

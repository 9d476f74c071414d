"""Public news by date, so that its newest page costs the same whatever the number of articles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0006_public_content")]

    operations = [
        migrations.AddIndex("newspage", models.Index(fields=["date", "page_ptr"], name="news_by_date")),
    ]

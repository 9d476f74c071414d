from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0003_search")]

    operations = [
        migrations.AlterModelOptions(
            name="draft",
            options={"ordering": ["created_at", "pk"], "verbose_name": "draft", "verbose_name_plural": "drafts"},
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("owner", "stored_file", "tool"), name="a_file_is_handed_in_once", nulls_distinct=False
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0004_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='membershipproposal',
            name='invited_as',
            field=models.CharField(blank=True, db_default='', default='', max_length=320, verbose_name='as whom'),
        ),
    ]

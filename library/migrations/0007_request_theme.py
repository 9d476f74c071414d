import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0006_minutes'),
    ]

    operations = [
        migrations.AddField(
            model_name='toolrequest',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='library.theme', verbose_name='theme'),
        ),
        migrations.RemoveConstraint(
            model_name='toolrequest',
            name='asked_once_until_answered',
        ),
        migrations.AddConstraint(
            model_name='toolrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'open')), fields=('type', 'theme', 'association'), name='asked_once_until_answered', nulls_distinct=False),
        ),
    ]

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_language_of_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recipient', models.EmailField(max_length=254, verbose_name='to')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('about', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('subject', models.TextField(verbose_name='subject')),
                ('body', models.TextField(verbose_name='text')),
                ('headers', models.JSONField(blank=True, default=dict)),
                ('is_bulk', models.BooleanField(default=False, verbose_name='letter to many')),
                ('state', models.CharField(choices=[('waiting', 'waits to be sent'), ('sending', 'is being sent'), ('uncertain', 'interrupted: perhaps sent, perhaps not'), ('failed', 'not sent: given up')], default='waiting', max_length=9, verbose_name='state')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next try at')),
                ('began_at', models.DateTimeField(blank=True, null=True, verbose_name='sending began at')),
                ('problem', models.TextField(blank=True, verbose_name='what went wrong')),
            ],
            options={
                'verbose_name': 'letter not sent',
                'verbose_name_plural': 'letters not sent',
                'ordering': ['-written_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['is_bulk', 'next_try_at', 'id'], name='letters_that_wait')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('began_at__isnull', False), _connector='OR'), name='letter_being_sent_has_begun')],
            },
        ),
    ]

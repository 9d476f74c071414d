import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0003_conversations'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='To find it again here. Readers do not see it.', max_length=120, verbose_name='title')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('width', models.PositiveSmallIntegerField(editable=False, verbose_name='width in pixels')),
                ('height', models.PositiveSmallIntegerField(editable=False, verbose_name='height in pixels')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added at')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='news.workinggroup', verbose_name='working group')),
            ],
            options={
                'verbose_name': 'picture of a working group',
                'verbose_name_plural': 'pictures of working groups',
                'ordering': ['-added_at', '-pk'],
            },
        ),
    ]

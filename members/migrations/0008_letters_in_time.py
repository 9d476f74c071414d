from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_outgoing_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='not_after',
            field=models.DateTimeField(blank=True, null=True, verbose_name='of no use after'),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='is_notice',
            field=models.BooleanField(db_default=False, default=False, verbose_name='notice to one address'),
        ),
    ]

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The log is written once: the database itself refuses to change it, and to delete what is younger than three years
# (members/models/audit.py, KEPT_FOR). An owner of the tables could still drop the triggers; the site never does.
REFUSE = """
CREATE FUNCTION members_audit_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '1095 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'TRUNCATE' AND NOT EXISTS (
        SELECT 1 FROM members_auditentry WHERE at >= now() - interval '1095 days'
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit log is not changed: % refused.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER members_audit_row BEFORE UPDATE OR DELETE ON members_auditentry
    FOR EACH ROW EXECUTE FUNCTION members_audit_refuse();
CREATE TRIGGER members_audit_all BEFORE TRUNCATE ON members_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION members_audit_refuse();
"""
ALLOW = """
DROP TRIGGER members_audit_row ON members_auditentry;
DROP TRIGGER members_audit_all ON members_auditentry;
DROP FUNCTION members_audit_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_directory'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='when')),
                ('action', models.CharField(choices=[('invited', 'invited'), ('resent', 'invited again'), ('withdrawn', 'invitation withdrawn'), ('joined', 'account made'), ('suspended', 'suspended'), ('left', 'left'), ('reopened', 'account opened again'), ('moved', 'moved to another association'), ('given', 'right given:'), ('taken', 'right taken away:'), ('exported', 'exported:'), ('asked', 'asked to be deleted'), ('erased', 'personal data erased')], max_length=12, verbose_name='what')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='detail')),
            ],
            options={
                'verbose_name': 'entry of the audit log',
                'verbose_name_plural': 'audit log',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'transfer',
                'verbose_name_plural': 'transfers',
                'ordering': ['proposed_at'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='account closed at'),
        ),
        migrations.AddField(
            model_name='user',
            name='deletion_asked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='asked to be deleted at'),
        ),
        migrations.AddField(
            model_name='user',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='personal data erased at'),
        ),
        migrations.AddField(
            model_name='user',
            name='has_left',
            field=models.BooleanField(default=False, editable=False, verbose_name='no longer works here'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('is_active', False), _connector='OR'), name='erased_is_closed'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='association',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.association', verbose_name='association'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit_by', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='invitation',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.invitation', verbose_name='invitation'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='audit_about', to=settings.AUTH_USER_MODEL, verbose_name='about whom'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='members.association', verbose_name='new association'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('person',), name='one_open_transfer_per_person'),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]

"""Lets PostgreSQL tell when something public changes, whoever changes it: the CMS, a command or SQL."""

from django.db.migrations.operations import RunSQL

CHANNEL = "public_content"
TRIGGER = "public_content"
# The function keeps today's search_path, for pg_restore empties its own.
WATCH = """
CREATE FUNCTION public_content_{table}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_notify('{channel}', '');
    ELSIF TG_OP = 'INSERT' THEN
        IF {new} THEN PERFORM pg_notify('{channel}', ''); END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF {old} THEN PERFORM pg_notify('{channel}', ''); END IF;
    ELSIF to_jsonb(OLD) - '{{{ignored}}}'::text[] <> to_jsonb(NEW) - '{{{ignored}}}'::text[]
        AND (({old}) OR ({new})) THEN
        PERFORM pg_notify('{channel}', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION public_content_{table}();
CREATE TRIGGER {trigger}_all AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION public_content_{table}();
"""
UNWATCH = """
DROP TRIGGER {trigger} ON {table};
DROP TRIGGER {trigger}_all ON {table};
DROP FUNCTION public_content_{table}();
"""


def watch(table: str, *ignored: str, only: str = "TRUE") -> RunSQL:
    """A migration's operation: changes of this table are told to every process that remembers pages.

    Changes of the columns ``ignored`` are not told, nor rows for which ``only`` (SQL about ``row``) does not hold,
    neither before the change nor after it.
    """
    words = {
        "table": table,
        "channel": CHANNEL,
        "trigger": TRIGGER,
        "old": only.replace("row.", "OLD."),
        "new": only.replace("row.", "NEW."),
        "ignored": ",".join(ignored),
    }
    return RunSQL(WATCH.format(**words), UNWATCH.format(**words))

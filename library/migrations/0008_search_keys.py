"""Asks the search index for each word by itself: it then walks along the rarest and looks the others up.

One long question had it walk along every form of every word. An index takes no list of questions as such, so the function
writes as many conditions as there are questions.
"""

from django.db import migrations

ROWS = """
RETURNS TABLE (tool_id bigint, type_id bigint, association_id bigint, theme_ids bigint[], group_ids bigint[],
    language varchar, year smallint, format varchar, updated_on date, title_key varchar, likeness real)
"""
SETTINGS = "STABLE PARALLEL SAFE SET search_path FROM CURRENT SET enable_seqscan = off SET enable_indexscan = off"
COLUMNS = """
    found.tool_id, found.type_id, found.association_id, found.theme_ids, found.group_ids, found.language, found.year,
    found.format, found.updated_on, found.title_key, ts_rank('{0.1, 0.4, 0.7, 1.0}', found.head, {likened})
"""
EACH = f"""
CREATE FUNCTION library_matches(wanted tsquery[], likened tsquery, most integer) {ROWS} LANGUAGE plpgsql {SETTINGS} AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT {COLUMNS.replace("'", "''").replace("{likened}", "$2")}'
        || 'FROM (SELECT * FROM library_searchentry AS entry WHERE '
        || (SELECT string_agg(format('entry.words @@ $1[%s]', place), ' AND ') FROM generate_subscripts(wanted, 1) AS place)
        || ' LIMIT $3) AS found'
        USING wanted, likened, most;
END
$$;
"""
AT_ONCE = f"""
CREATE FUNCTION library_matches(wanted tsquery, likened tsquery, most integer) {ROWS} LANGUAGE sql {SETTINGS} AS $$
    SELECT {COLUMNS.replace("{likened}", "likened")}
    FROM (SELECT * FROM library_searchentry AS entry WHERE entry.words @@ wanted LIMIT most) AS found
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0007_request_theme")]

    operations = [
        migrations.RunSQL(
            f"DROP FUNCTION library_matches(tsquery, tsquery, integer);{EACH}",
            f"DROP FUNCTION library_matches(tsquery[], tsquery, integer);{AT_ONCE}",
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Without case, accents and punctuation, in words apart: no folded word has a sign, so that what begins with one is ours. The mark of a function's own body binds its names when it is
# made; the others keep today's search_path, for pg_restore empties its own.
SIGNS = "-'’‘ʼ`´.,;:!?¿¡/\\@_()[]{}<>«»‹›\"“”„&|+=~*#%$€£^°·•‐‑–—…§¶©®™"
MARKS = "".join(map(chr, range(0x300, 0x370)))
FOLD = """
CREATE FUNCTION library_fold(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    replace(replace(replace(replace(replace(lower(translate(
        translate(normalize(typed, NFKD), '{marks}', ''), '{signs}', '{spaces}')),
        'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'ø', 'o'), 'ł', 'l');
""".format(signs=SIGNS.replace("'", "''"), spaces=" " * len(SIGNS), marks=MARKS)
# Twelve small words and an end keep what stands in one language, or one field, apart from the next: no phrase goes over.
STEMS = """
CREATE FUNCTION library_stems(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    to_tsvector('pg_catalog.french'::regconfig, folded || repeat(' de', 12) || ' zzend')
    || to_tsvector('pg_catalog.dutch'::regconfig, folded || repeat(' de', 12) || ' zzend');

CREATE FUNCTION library_marked(mark text, folded text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    ARRAY(SELECT mark || lexeme FROM unnest(tsvector_to_array(
        library_stems(folded) || to_tsvector('pg_catalog.simple'::regconfig, folded))) AS lexeme
        WHERE length(lexeme) <= 40 AND lexeme <> 'zzend');
"""
# A page is read up to 200,000 characters, a file up to its first 400,000 characters and 40,000 different stems of at
# most 25 letters: PostgreSQL refuses a vector of more than one megabyte, and the page with it.
PAGE = """
ALTER TABLE library_filepage ADD COLUMN words tsvector;
CREATE FUNCTION library_page_words() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.words := library_stems(library_fold(left(NEW.text, 200000)));
    RETURN NEW;
END $$;
CREATE TRIGGER library_page_words BEFORE INSERT OR UPDATE OF text ON library_filepage
    FOR EACH ROW EXECUTE FUNCTION library_page_words();
UPDATE library_filepage SET text = text;

CREATE FUNCTION library_text_of(file bigint) RETURNS tsvector LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT array_to_tsvector(ARRAY(
        SELECT DISTINCT lexeme
        FROM (
            SELECT words, sum(least(length(text), 200000)) OVER (ORDER BY number) AS so_far
            FROM library_filepage WHERE stored_file_id = file
        ) AS page, unnest(tsvector_to_array(page.words)) AS lexeme
        WHERE so_far <= 400000 AND length(lexeme) BETWEEN 2 AND 25 AND lexeme <> 'zzend'
        LIMIT 40000
    ))
$$;
"""
# Ranking reads the head of a thousand rows, so it stays in the row; the rest is packed away.
INDEX = """
ALTER TABLE library_searchentry ALTER COLUMN head SET STORAGE MAIN;

CREATE FUNCTION library_describe(wanted bigint[], with_text boolean) RETURNS void LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE library_searchentry AS entry SET
        type_id = fact.type_id, association_id = fact.association_id, theme_ids = fact.theme_ids,
        group_ids = fact.group_ids, language = fact.language, year = fact.year, format = fact.format,
        title_key = left(fact.title, 160), updated_on = fact.updated_on,
        head = setweight(library_stems(fact.title), 'A') || setweight(library_stems(fact.search_words), 'B')
            || setweight(library_stems(fact.summary), 'C')
            || setweight(library_stems(fact.labels || ' ' || fact.owner || ' ' || fact.kinds), 'D'),
        text = fact.file_text,
        words = fact.file_text || array_to_tsvector(ARRAY(SELECT DISTINCT lexeme FROM unnest(
            library_marked('=', concat_ws(
                ' ', fact.title, fact.summary, fact.owner, fact.search_words, fact.kinds, fact.labels))
            || library_marked('/', fact.title || ' ' || fact.summary || ' ' || fact.owner)
            || library_marked('+', fact.search_words || ' ' || fact.kinds) || library_marked('~', fact.labels)
            || ARRAY['#type:' || fact.type_id, '#association:' || fact.association_id, '#language:' || fact.language]
            || ARRAY(SELECT kind || power FROM generate_series(1, 8) AS power, unnest(
                CASE WHEN fact.sharing IN ('alliance', 'public') THEN ARRAY['#share:', '#open:'] ELSE ARRAY['#share:'] END
            ) AS kind WHERE hashint8(fact.id) & ((1 << power) - 1) = 0)
            || CASE WHEN fact.year IS NULL THEN '{}' ELSE ARRAY['#year:' || fact.year] END
            || CASE WHEN fact.format = '' THEN '{}' ELSE ARRAY['#format:' || fact.format] END
            || ARRAY(SELECT '#theme:' || one FROM unnest(fact.theme_ids) AS one)
            || ARRAY(SELECT '#group:' || one FROM unnest(fact.group_ids) AS one)
            || ARRAY['#sees:a' || fact.association_id]
            || CASE fact.sharing
                WHEN 'alliance' THEN ARRAY['#sees:all'] WHEN 'public' THEN ARRAY['#sees:all']
                WHEN 'groups' THEN ARRAY(SELECT '#sees:g' || one FROM unnest(fact.group_ids) AS one)
                ELSE '{}' END
        ) AS lexeme))
    FROM (
        SELECT tool.id, tool.type_id, tool.association_id, tool.language, tool.updated_on, tool.sharing,
            extract(year FROM tool.updated_on)::smallint AS year, coalesce(ltrim(file.suffix, '.'), '') AS format,
            library_fold(tool.title) AS title, library_fold(tool.summary) AS summary,
            library_fold(array_to_string(tool.search_words, repeat(' de', 12) || ' ')) AS search_words,
            library_fold(concat_ws(' ', tool.author, own.name_fr, own.name_nl, own.short_name_fr, own.short_name_nl))
                AS owner,
            library_fold(concat_ws(' ', kind.name_fr, kind.name_nl, theme.labels)) AS labels,
            library_fold(concat_ws(' ', array_to_string(kind.search_words, ' '), theme.search_words)) AS kinds,
            coalesce(theme.ids, '{}') AS theme_ids,
            ARRAY(SELECT workinggroup_id FROM library_tool_groups WHERE tool_id = tool.id ORDER BY 1) AS group_ids,
            CASE WHEN with_text THEN library_text_of(file.id) ELSE before.text END AS file_text
        FROM library_tool AS tool
        JOIN library_searchentry AS before ON before.tool_id = tool.id
        JOIN library_tooltype AS kind ON kind.id = tool.type_id
        JOIN members_association AS own ON own.id = tool.association_id
        LEFT JOIN library_toolversion AS version ON version.id = tool.current_version_id
        LEFT JOIN library_storedfile AS file ON file.id = version.stored_file_id
        LEFT JOIN LATERAL (
            SELECT array_agg(one.id ORDER BY one.id) AS ids, string_agg(concat_ws(' ', one.name_fr, one.name_nl), ' ')
                AS labels, string_agg(array_to_string(one.search_words, ' '), ' ') AS search_words
            FROM library_tool_themes AS has JOIN library_theme AS one ON one.id = has.theme_id
            WHERE has.tool_id = tool.id
        ) AS theme ON true
        WHERE tool.id = ANY(wanted)
    ) AS fact
    WHERE entry.tool_id = fact.id;
END $$;
"""
# Deleting a tool takes its row here first, then its themes and groups: only a new tool makes a row, so that no trigger
# brings the old one back.
WATCH = """
CREATE FUNCTION library_learn_words(texts text[]) RETURNS void LANGUAGE sql SET search_path FROM CURRENT AS $$
    INSERT INTO library_searchword (word, spelling)
    SELECT DISTINCT ON (library_fold(spelling)) library_fold(spelling), spelling
    FROM unnest(texts) AS one, regexp_split_to_table(lower(one), '[^[:alpha:]]+') AS spelling
    WHERE length(spelling) BETWEEN 4 AND 30
    ORDER BY library_fold(spelling), octet_length(spelling) DESC
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION library_tool_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO library_searchentry
            (tool_id, type_id, association_id, theme_ids, group_ids, language, format, title_key, head, text, words)
        VALUES (NEW.id, NEW.type_id, NEW.association_id, '{}', '{}', NEW.language, '', '', '', '', '');
    END IF;
    PERFORM library_describe(
        ARRAY[NEW.id], TG_OP = 'INSERT' OR NEW.current_version_id IS DISTINCT FROM OLD.current_version_id);
    IF TG_OP = 'INSERT' OR (NEW.title, NEW.search_words) IS DISTINCT FROM (OLD.title, OLD.search_words) THEN
        PERFORM library_learn_words(NEW.title || NEW.search_words::text[]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER library_tool_changed AFTER INSERT OR UPDATE OF
    title, summary, search_words, author, type_id, association_id, language, sharing, updated_on, current_version_id
    ON library_tool FOR EACH ROW EXECUTE FUNCTION library_tool_changed();

CREATE FUNCTION library_tool_sorted() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(SELECT DISTINCT tool_id FROM changed), false);
    RETURN NULL;
END $$;
CREATE TRIGGER library_tool_sorted AFTER INSERT ON library_tool_themes
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();
CREATE TRIGGER library_tool_sorted_anew AFTER UPDATE ON library_tool_themes
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();
CREATE TRIGGER library_tool_unsorted AFTER DELETE ON library_tool_themes
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();
CREATE TRIGGER library_tool_sorted AFTER INSERT ON library_tool_groups
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();
CREATE TRIGGER library_tool_sorted_anew AFTER UPDATE ON library_tool_groups
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();
CREATE TRIGGER library_tool_unsorted AFTER DELETE ON library_tool_groups
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_tool_sorted();

CREATE FUNCTION library_version_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(SELECT id FROM library_tool WHERE current_version_id = NEW.id), true);
    RETURN NULL;
END $$;
CREATE TRIGGER library_version_changed AFTER UPDATE OF stored_file_id ON library_toolversion
    FOR EACH ROW EXECUTE FUNCTION library_version_changed();

CREATE FUNCTION library_pages_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(
        SELECT tool.id FROM library_tool AS tool JOIN library_toolversion AS version
            ON version.id = tool.current_version_id
        WHERE version.stored_file_id IN (SELECT stored_file_id FROM changed)
    ), true);
    RETURN NULL;
END $$;
CREATE TRIGGER library_pages_added AFTER INSERT ON library_filepage
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_pages_changed();
CREATE TRIGGER library_pages_changed AFTER UPDATE ON library_filepage
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_pages_changed();
CREATE TRIGGER library_pages_removed AFTER DELETE ON library_filepage
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION library_pages_changed();

CREATE FUNCTION library_type_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(SELECT id FROM library_tool WHERE type_id = NEW.id), false);
    PERFORM library_learn_words(ARRAY[NEW.name_fr, NEW.name_nl] || NEW.search_words::text[]);
    RETURN NULL;
END $$;
CREATE TRIGGER library_type_changed AFTER INSERT OR UPDATE OF name_fr, name_nl, search_words ON library_tooltype
    FOR EACH ROW EXECUTE FUNCTION library_type_changed();

CREATE FUNCTION library_theme_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(SELECT tool_id FROM library_tool_themes WHERE theme_id = NEW.id), false);
    PERFORM library_learn_words(ARRAY[NEW.name_fr, NEW.name_nl] || NEW.search_words::text[]);
    RETURN NULL;
END $$;
CREATE TRIGGER library_theme_changed AFTER INSERT OR UPDATE OF name_fr, name_nl, search_words ON library_theme
    FOR EACH ROW EXECUTE FUNCTION library_theme_changed();

CREATE FUNCTION library_owner_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM library_describe(ARRAY(SELECT id FROM library_tool WHERE association_id = NEW.id), false);
    RETURN NULL;
END $$;
CREATE TRIGGER library_owner_changed AFTER UPDATE OF name_fr, name_nl, short_name_fr, short_name_nl
    ON members_association FOR EACH ROW
    WHEN ((OLD.name_fr, OLD.name_nl, OLD.short_name_fr, OLD.short_name_nl)
        IS DISTINCT FROM (NEW.name_fr, NEW.name_nl, NEW.short_name_fr, NEW.short_name_nl))
    EXECUTE FUNCTION library_owner_changed();
"""
# The index answers with at most so many rows; never a walk through the table, which would unpack every vector.
MATCHES = """
CREATE FUNCTION library_matches(wanted tsquery, likened tsquery, most integer)
RETURNS TABLE (tool_id bigint, type_id bigint, association_id bigint, theme_ids bigint[], group_ids bigint[],
    language varchar, year smallint, format varchar, updated_on date, title_key varchar, likeness real)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path FROM CURRENT SET enable_seqscan = off SET enable_indexscan = off
AS $$
    SELECT found.tool_id, found.type_id, found.association_id, found.theme_ids, found.group_ids, found.language,
        found.year, found.format, found.updated_on, found.title_key,
        ts_rank('{0.1, 0.4, 0.7, 1.0}', found.head, likened)
    FROM (SELECT * FROM library_searchentry AS entry WHERE entry.words @@ wanted LIMIT most) AS found
$$;
"""
COUNTS = """
CREATE FUNCTION library_count(wanted tsquery, most integer) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT count(*) FROM (SELECT FROM library_searchentry AS entry WHERE entry.words @@ wanted LIMIT most) AS found
$$;
"""
FILL = """
INSERT INTO library_searchentry
    (tool_id, type_id, association_id, theme_ids, group_ids, language, format, title_key, head, text, words)
SELECT id, type_id, association_id, '{}', '{}', language, '', '', '', '', '' FROM library_tool;
SELECT library_describe(ARRAY(SELECT id FROM library_tool), true);
SELECT library_learn_words(title || search_words::text[]) FROM library_tool;
SELECT library_learn_words(ARRAY[name_fr, name_nl] || search_words::text[]) FROM library_tooltype;
SELECT library_learn_words(ARRAY[name_fr, name_nl] || search_words::text[]) FROM library_theme;
"""
# Where the server has pgvector and lets us use it; ``manage.py library_meaning`` tries again.
MEANING = """
CREATE FUNCTION library_keep_meaning() RETURNS boolean LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector') THEN
        RETURN false;
    END IF;
    BEGIN
        CREATE EXTENSION IF NOT EXISTS vector;
        ALTER TABLE library_searchentry ADD COLUMN IF NOT EXISTS meaning halfvec(512);
        ALTER TABLE library_searchentry ADD COLUMN IF NOT EXISTS phrase_meanings halfvec(512)[];
        ALTER TABLE library_searchentry ALTER COLUMN phrase_meanings SET STORAGE EXTERNAL;
        ALTER TABLE library_searchentry ADD COLUMN IF NOT EXISTS meaning_of varchar(64) NOT NULL DEFAULT '';
        CREATE INDEX IF NOT EXISTS library_search_meaning ON library_searchentry
            USING hnsw (meaning halfvec_ip_ops);
        CREATE OR REPLACE FUNCTION library_nearest(wanted halfvec, most integer)
        RETURNS TABLE (tool_id bigint, closeness real)
        LANGUAGE sql STABLE PARALLEL SAFE SET search_path FROM CURRENT SET hnsw.ef_search = 64 AS $body$
            SELECT entry.tool_id, -(entry.meaning <#> wanted)::real
            FROM library_searchentry AS entry WHERE entry.meaning IS NOT NULL
            ORDER BY entry.meaning <#> wanted LIMIT most
        $body$;
    EXCEPTION WHEN insufficient_privilege OR undefined_object OR undefined_file OR feature_not_supported THEN
        RETURN false;
    END;
    RETURN true;
END $$;
SELECT library_keep_meaning();
"""
UNDO = """
DROP TRIGGER library_owner_changed ON members_association;
DROP TRIGGER library_theme_changed ON library_theme;
DROP TRIGGER library_type_changed ON library_tooltype;
DROP TRIGGER library_pages_removed ON library_filepage;
DROP TRIGGER library_pages_changed ON library_filepage;
DROP TRIGGER library_pages_added ON library_filepage;
DROP TRIGGER library_page_words ON library_filepage;
DROP TRIGGER library_version_changed ON library_toolversion;
DROP TRIGGER library_tool_sorted ON library_tool_groups;
DROP TRIGGER library_tool_sorted_anew ON library_tool_groups;
DROP TRIGGER library_tool_unsorted ON library_tool_groups;
DROP TRIGGER library_tool_sorted ON library_tool_themes;
DROP TRIGGER library_tool_sorted_anew ON library_tool_themes;
DROP TRIGGER library_tool_unsorted ON library_tool_themes;
DROP TRIGGER library_tool_changed ON library_tool;
ALTER TABLE library_filepage DROP COLUMN words;
DROP FUNCTION IF EXISTS library_nearest;
DROP FUNCTION library_keep_meaning, library_count, library_matches, library_owner_changed, library_theme_changed,
    library_type_changed, library_pages_changed, library_version_changed, library_tool_sorted, library_tool_changed,
    library_learn_words, library_describe, library_text_of, library_page_words, library_marked, library_stems,
    library_fold;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_shared_memory'),
    ]

    operations = [
        migrations.AddField(
            model_name='savedsearch',
            name='told',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=40, unique=True)),
                ('spelling', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'word of the library',
                'verbose_name_plural': 'words of the library',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('tool', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='library.tool')),
                ('type_id', models.BigIntegerField()),
                ('association_id', models.BigIntegerField()),
                ('theme_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('group_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('language', models.CharField(max_length=2)),
                ('year', models.SmallIntegerField(null=True)),
                ('format', models.CharField(max_length=5)),
                ('title_key', models.CharField(max_length=160)),
                ('updated_on', models.DateField(null=True)),
                ('head', django.contrib.postgres.search.SearchVectorField()),
                ('text', django.contrib.postgres.search.SearchVectorField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='library_search_words'),
                    models.Index(models.OrderBy(models.F('updated_on'), descending=True, nulls_last=True), models.OrderBy(models.F('tool'), descending=True), name='library_search_newest'),
                    models.Index(fields=['title_key', 'tool'], name='library_search_title'),
                ],
            },
        ),
        migrations.RunSQL(FOLD + STEMS + PAGE + INDEX + WATCH + MATCHES + COUNTS + FILL, UNDO),
        migrations.RunSQL(MEANING, migrations.RunSQL.noop),
    ]

"""Makes a library as large as wanted: tools of five pages each, in French and in Dutch, in a database of its own.

Words are drawn as in real texts (Zipf 1949: the second word half as often as the first) from those of the seeded
content, lengthened to a vocabulary of some tens of thousands. Pages come from a pool, titles and summaries do not.
The database's own functions make the index, as they do for a tool that somebody hands in; only the triggers rest.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import numpy as np
from django.conf import settings
from django.db import connection

from library.models import Theme, ToolType
from library.search.meaning import as_sql, has_room, of_query
from members.models import Association, User
from news.enums import Joining
from news.models import WorkingGroup
from tests.bench.own_database import own_database

PAGES = 5  # a tool
WORDS_A_PAGE = 220
VOCABULARY = 20_000  # different words a language
POOL = 1_500  # different pages a language
MEANINGS = 300  # sentences that are encoded; tools lie around them
ASSOCIATIONS, GROUPS, TYPES, THEMES = 30, 12, 19, 17
SILENT = ("library_tool", "library_filepage", "library_tool_themes", "library_tool_groups", "library_tooltype")
ENDINGS = {
    "fr": ("ement", "ation", "ique", "eur", "able", "iste"),
    "nl": ("heid", "ing", "lijk", "schap", "atie", "er"),
}


@contextmanager
def database_of(template: str, tools: int) -> Iterator[User]:
    """A database with so many tools, and one of its members; it is removed afterwards."""
    with own_database(template, f"otonom_bench_{tools}"):
        yield fill(tools)


def fill(tools: int) -> User:
    """Fill the library, and return a member who sees most of it."""
    random = np.random.default_rng(7)
    words = {language: vocabulary(language) for language in ("fr", "nl")}
    member = _people()
    _vocabulary_of_tools(words)
    with connection.cursor() as cursor:
        for table in SILENT:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _pool(cursor, words, random)
        _tools(cursor, words, random, tools)
        _files(cursor, tools)
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'library_search_words'")
        definition = cursor.fetchone()[0]
        _index(cursor)
        if has_room():
            _meanings(cursor, random, words)
        cursor.execute("VACUUM FULL ANALYZE library_searchentry")
        cursor.execute(definition)
        for table in SILENT:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")
    return member


def vocabulary(language: str) -> list[str]:
    """Words by how often they come: those of the seeded content first, then longer ones made of them."""
    base = Path(settings.BASE_DIR)
    files = [base / "home" / "seed" / "phrases" / f"{language}.yaml", base / "library" / "seed" / "vocabulary.yaml"]
    files += sorted((base / "library" / "seed" / "tools").glob("*.yaml"))
    text = " ".join(file.read_text(encoding="utf-8").lower() for file in files)
    found = [word for word, _times in Counter(re.findall(r"[^\W\d_]{3,}", text)).most_common(VOCABULARY // 3)]
    made = (word + ending for ending in ENDINGS[language] for word in found)
    known = list(dict.fromkeys((*found, *made)))[:VOCABULARY]
    if language == "nl":  # the commonest words of one language are not those of the other
        Random(3).shuffle(known)  # noqa: S311  # the same words in every run
    return known


def drawn(words: list[str], random: np.random.Generator, number: int) -> list[str]:
    """So many words, each as often as its rank says."""
    ranks = np.exp(random.random(number) * np.log(len(words))).astype(int) - 1
    return [words[rank] for rank in ranks]


def _people() -> User:
    associations = [
        Association(slug=f"bench-{number}", name_fr=f"Bench {number}", short_name_fr=f"B{number}", order=number)
        for number in range(ASSOCIATIONS)
    ]
    Association.objects.bulk_create(associations)
    WorkingGroup.objects.bulk_create(
        WorkingGroup(
            **{f"{field}_{language}": f"bench-{number}" for field in ("slug", "name") for language in ("fr", "nl")},
            purpose_fr="…",
            purpose_nl="…",
            is_open=number % 3 == 0,
            joining=Joining.ON_REQUEST if number % 3 == 0 else Joining.BY_INVITATION,
        )
        for number in range(GROUPS)
    )
    return User.objects.create(email="bench@example.org", association=Association.objects.get(slug="bench-1"))


def _vocabulary_of_tools(words: dict[str, list[str]]) -> None:
    for model, number in ((ToolType, TYPES), (Theme, THEMES)):
        model.objects.bulk_create(
            model(
                slug=f"bench-{place}",
                name_fr=words["fr"][300 + place],
                name_nl=words["nl"][300 + place],
                search_words=words["fr"][400 + 6 * place : 406 + 6 * place] + words["nl"][400 + place : 404 + place],
            )
            for place in range(number)
        )


def _pool(cursor: object, words: dict[str, list[str]], random: np.random.Generator) -> None:
    cursor.execute("CREATE TEMP TABLE pool (id serial, language text, text text, words tsvector)")
    with cursor.copy("COPY pool (language, text) FROM STDIN") as copy:
        for language, known in words.items():
            for _ in range(POOL):
                copy.write_row((language, " ".join(drawn(known, random, WORDS_A_PAGE))))
    cursor.execute("UPDATE pool SET words = library_stems(library_fold(text))")
    cursor.execute("CREATE INDEX ON pool (id)")
    cursor.execute("ANALYZE pool")


def _tools(cursor: object, words: dict[str, list[str]], random: np.random.Generator, tools: int) -> None:
    """Facts of each tool; most are shared with the alliance, some with groups, some with nobody else."""
    cursor.execute("SELECT min(id) FROM members_association WHERE slug LIKE 'bench-%%'")
    association = cursor.fetchone()[0]
    kind = ToolType.objects.order_by("pk")[0].pk
    columns = (
        "id, slug, title, summary, language, type_id, association_id, search_words, author, origin, sharing, licence,"
        " contact_role, updated_on"
    )
    with cursor.copy(f"COPY library_tool ({columns}) FROM STDIN") as copy:
        for number in range(1, tools + 1):
            language = "fr" if number % 5 < 3 else "nl"
            sharing = ("association", "groups")[number // 4 % 2] if number % 4 == 0 else "alliance"
            sharing = "public" if number % 50 == 1 else sharing
            title = " ".join(drawn(words[language], random, 6))[:160]
            found = [" ".join(drawn(words[one], random, 2))[:80] for one in ("fr", "nl", "fr", "nl", language)]
            summary = " ".join(drawn(words[language], random, 25))[:500]
            day = f"{2021 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}"
            owner, kind_of_it = association + number % ASSOCIATIONS, kind + int(random.integers(TYPES))
            fact = (
                number,
                f"b-{number}",
                title,
                summary,
                language,
                kind_of_it,
                owner,
                found,
                "",
                "",
                sharing,
                "cc-by",
            )
            copy.write_row((*fact, "", day))
    theme, group = Theme.objects.order_by("pk")[0].pk, WorkingGroup.objects.order_by("pk")[0].pk
    cursor.execute(
        "INSERT INTO library_tool_themes (tool_id, theme_id)"
        " SELECT DISTINCT id, %s + ((id * 7 + 5 * n) %% %s) FROM library_tool, generate_series(0, 1) AS n",
        [theme, THEMES],
    )
    cursor.execute(
        "INSERT INTO library_tool_groups (tool_id, workinggroup_id)"
        " SELECT id, %s + (id %% %s) FROM library_tool WHERE sharing = 'groups'",
        [group, GROUPS],
    )


def _files(cursor: object, tools: int) -> None:
    cursor.execute(
        "INSERT INTO library_storedfile (id, file, checksum, size, suffix, has_macros, received_at, scan, virus,"
        " text_state, text_fault, language, preview_count)"
        " SELECT id, 'library/' || id, md5(id::text), 1000, CASE id % 3 WHEN 0 THEN '.docx' ELSE '.pdf' END, false,"
        " now(), 'skipped', '', 'read', '', language, 0 FROM library_tool"
    )
    cursor.execute(
        "INSERT INTO library_toolversion (id, tool_id, number, stored_file_id, file_name, note, added_on)"
        " SELECT id, id, 1, id, 'file.pdf', '', updated_on FROM library_tool"
    )
    cursor.execute("UPDATE library_tool SET current_version_id = id")
    cursor.execute(
        "INSERT INTO library_filepage (stored_file_id, number, text, words)"
        " SELECT tool.id, n, pool.text, pool.words FROM library_tool AS tool CROSS JOIN generate_series(1, %s) AS n"
        " JOIN pool ON pool.id = 1 + (tool.id * 31 + n * 977 + tool.id / 7 * n) %% %s"
        " + CASE tool.language WHEN 'fr' THEN 0 ELSE %s END",
        [PAGES, POOL, POOL],
    )
    cursor.execute("ANALYZE library_filepage; ANALYZE library_tool; ANALYZE library_toolversion")


def _index(cursor: object) -> None:
    """By the function that the triggers call; the indexes are built at once afterwards, which is quicker."""
    cursor.execute("DROP INDEX library_search_words")
    cursor.execute("DROP INDEX IF EXISTS library_search_meaning")
    cursor.execute(
        "INSERT INTO library_searchentry (tool_id, type_id, association_id, theme_ids, group_ids, language, format,"
        " title_key, head, text, words)"
        " SELECT id, type_id, association_id, '{}', '{}', language, '', '', '', '', '' FROM library_tool"
    )
    cursor.execute("SELECT library_describe(ARRAY(SELECT id FROM library_tool), true)")
    cursor.execute("SELECT library_learn_words(title || search_words::text[]) FROM library_tool")
    cursor.execute("SET maintenance_work_mem = '1GB'")


def _meanings(cursor: object, random: np.random.Generator, words: dict[str, list[str]]) -> None:
    """Vectors around those of some sentences, as tools about the same things lie around each other."""
    centres = np.stack([of_query(" ".join(drawn(words["fr"], random, 8))) for _ in range(MEANINGS)])
    cursor.execute("CREATE TEMP TABLE meant (tool bigint, vector halfvec(512))")
    cursor.execute("SELECT tool_id FROM library_searchentry ORDER BY 1")
    tools = [row[0] for row in cursor.fetchall()]
    with cursor.copy("COPY meant FROM STDIN") as copy:
        for tool in tools:
            vector = centres[tool % MEANINGS] + random.normal(0, 0.03, centres.shape[1])
            copy.write_row((tool, as_sql(vector / np.linalg.norm(vector))))
    cursor.execute(
        "UPDATE library_searchentry SET meaning = vector, phrase_meanings = array_fill(vector, ARRAY[6])"
        " FROM meant WHERE tool = tool_id"
    )
    cursor.execute("CREATE INDEX library_search_meaning ON library_searchentry USING hnsw (meaning halfvec_ip_ops)")

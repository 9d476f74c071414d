"""The index of this process, rebuilt as soon as any process changes a phrase."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from uuid import UUID

import numpy as np
from django.db import InterfaceError, OperationalError, connection
from numpy.typing import NDArray

from home.languages import LANGUAGES
from members.finder.encoder import DIMENSIONS, Meaning, meaning
from members.finder.index import Index, Phrase
from members.finder.places import Places
from members.models.finder import FinderVersion, PhraseVector, UnrelatedPhrase
from members.models.need import Need
from members.models.vocabulary import Commune

NAMED = [f"{field}_{language}" for field in ("label", "slug") for language in LANGUAGES]

logger = logging.getLogger(__name__)
_lock = Lock()
_memory: "Memory | None" = None


@dataclass(frozen=True)
class Memory:
    """What the finder knows, as it was published at one version."""

    version: UUID | None
    meaning: Meaning
    phrases: list[Phrase]
    index: Index
    places: Places
    needs: dict[int, Need]  # what they are called and where they stand, for when the database is away
    urgent_needs: frozenset[int]


def current_memory() -> Memory:
    """What is published now.

    One short query tells whether anything changed: the database gives ``FinderVersion`` a new value with every
    change of a need, a phrase or a commune (migration 0003). It is read before them, so no change is ever lost. While
    the database is away, what was read last still answers.
    """
    global _memory  # noqa: PLW0603  # one memory per process
    memory = _memory
    try:
        version = FinderVersion.objects.values_list("value", flat=True).first()
    except (OperationalError, InterfaceError):
        if memory is None:
            raise
        return memory
    if memory and memory.version == version:
        return memory
    with _lock:
        if not (_memory and _memory.version == version):
            _memory = _read(version, _memory)
        return _memory


def preload() -> None:
    """Read everything before the first question, while the server starts.

    Whatever fails, the site starts: the finder tries again with the first question.
    """
    try:
        current_memory()
    except Exception:
        logger.exception("The finder reads its phrases with the first question.")
    finally:
        connection.close()


def _read(version: UUID | None, before: Memory | None) -> Memory:
    """Everything that is published; the index, which takes longest, only when a phrase changed."""
    phrases = published_phrases()
    is_same = before and before.phrases == phrases and before.meaning is meaning()
    index = before.index if before and is_same else Index(phrases, vectors_of(phrases, meaning()))
    needs = Need.objects.visible_to(None).only(*NAMED, "is_urgent").in_bulk()
    urgent = frozenset(key for key, need in needs.items() if need.is_urgent)
    communes = Commune.objects.values_list("pk", "name_fr", "name_nl", "postcodes", "other_names")
    places = Places((key, [french, dutch, *codes, *others]) for key, french, dutch, codes, others in communes)
    return Memory(version, meaning(), phrases, index, places, needs, urgent)


def published_phrases() -> list[Phrase]:
    """The words, in every language, of every published need, and of what is not for us."""
    fields = ("label_fr", "label_nl", "description_fr", "description_nl")
    lists = ("synonyms_fr", "synonyms_nl", "synonyms_other")
    found = [Phrase(None, text) for text in UnrelatedPhrase.objects.values_list("text", flat=True)]
    for key, *values in Need.objects.visible_to(None).values_list("pk", *fields, *lists):
        texts = [*values[: len(fields)], *(text for texts in values[len(fields) :] for text in texts)]
        found += [Phrase(key, text) for text in dict.fromkeys(texts) if text.strip()]
    return found


def vectors_of(phrases: list[Phrase], meaning: Meaning) -> NDArray[np.float32] | None:
    """The meaning of each phrase, one row each; worked out once and then read from the database."""
    if meaning.encoder is None:
        return None
    texts = [phrase.text for phrase in phrases]
    keys = {text: sha256(f"{meaning.encoder.name}\n{text}".encode()).hexdigest() for text in texts}
    kept = dict(PhraseVector.objects.filter(pk__in=keys.values()).values_list("pk", "vector"))
    missing = [text for text, key in keys.items() if key not in kept]
    if missing:
        made = meaning.of(missing)
        if made is None:
            return None
        PhraseVector.objects.exclude(pk__in=kept).delete()  # of phrases that are gone, or of another encoder
        kept |= _keep({keys[text]: vector for text, vector in zip(missing, made.astype(np.float16), strict=True)})
    joined = b"".join(bytes(kept[keys[text]]) for text in texts)
    return np.frombuffer(joined, dtype=np.float16).reshape(len(texts), DIMENSIONS).astype(np.float32)


def _keep(vectors: dict[str, NDArray[np.float16]]) -> dict[str, bytes]:
    rows = [PhraseVector(key=key, vector=vector.tobytes()) for key, vector in vectors.items()]
    PhraseVector.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.key: bytes(row.vector) for row in rows}

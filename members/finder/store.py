"""The index of this process, rebuilt as soon as any process changes a phrase."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from members.finder.encoder import DIMENSIONS, Encoder, load_encoder
from members.finder.index import Index, Phrase
from members.finder.places import Places
from members.models.finder import FinderVersion, PhraseVector, UnrelatedPhrase
from members.models.need import Need
from members.models.vocabulary import Commune

logger = logging.getLogger(__name__)
_lock = Lock()
_memory: "Memory | None" = None


@dataclass(frozen=True)
class Memory:
    """What the finder knows, as it was published at one version."""

    version: UUID | None
    encoder: Encoder | None
    index: Index
    places: Places
    urgent_needs: frozenset[int]


def current_memory() -> Memory:
    """What is published now.

    One short query tells whether anything changed: the database gives ``FinderVersion`` a new value with every
    change of a need, a phrase or a commune (migration 0003). It is read before them, so no change is ever lost.
    """
    global _memory  # noqa: PLW0603  # one memory per process
    version = FinderVersion.objects.values_list("value", flat=True).first()
    memory = _memory
    if memory and memory.version == version:
        return memory
    with _lock:
        if not (_memory and _memory.version == version):
            _memory = _read(version)
        return _memory


def _read(version: UUID | None) -> Memory:
    encoder = load_encoder()
    phrases = published_phrases()
    urgent = Need.objects.visible_to(None).filter(is_urgent=True).values_list("pk", flat=True)
    communes = Commune.objects.values_list("pk", "name_fr", "name_nl", "postcodes", "other_names")
    places = Places((key, [french, dutch, *codes, *others]) for key, french, dutch, codes, others in communes)
    return Memory(version, encoder, Index(phrases, vectors_of(phrases, encoder)), places, frozenset(urgent))


def published_phrases() -> list[Phrase]:
    """The words, in every language, of every published need, and of what is not for us."""
    fields = ("label_fr", "label_nl", "description_fr", "description_nl")
    lists = ("synonyms_fr", "synonyms_nl", "synonyms_other")
    found = [Phrase(None, text) for text in UnrelatedPhrase.objects.values_list("text", flat=True)]
    for key, *values in Need.objects.visible_to(None).values_list("pk", *fields, *lists):
        texts = [*values[: len(fields)], *(text for texts in values[len(fields) :] for text in texts)]
        found += [Phrase(key, text) for text in dict.fromkeys(texts) if text.strip()]
    return found


def vectors_of(phrases: list[Phrase], encoder: Encoder | None) -> NDArray[np.float32] | None:
    """The meaning of each phrase, one row each; worked out once and then read from the database."""
    if encoder is None:
        return None
    try:
        return _kept_vectors([phrase.text for phrase in phrases], encoder)
    except Exception:  # whatever is wrong with it, people must still find help
        logger.exception("The finder's encoder fails; it compares words only.")
        return None


def _kept_vectors(texts: list[str], encoder: Encoder) -> NDArray[np.float32]:
    keys = {text: sha256(f"{encoder.name}\n{text}".encode()).hexdigest() for text in texts}
    kept = dict(PhraseVector.objects.filter(pk__in=keys.values()).values_list("pk", "vector"))
    missing = [text for text, key in keys.items() if key not in kept]
    if missing:
        made = encoder.encode(missing).astype(np.float16)
        rows = [
            PhraseVector(key=keys[text], vector=vector.tobytes()) for text, vector in zip(missing, made, strict=True)
        ]
        PhraseVector.objects.bulk_create(rows, ignore_conflicts=True)
        kept |= {row.key: row.vector for row in rows}
    joined = b"".join(bytes(kept[keys[text]]) for text in texts)
    return np.frombuffer(joined, dtype=np.float16).reshape(len(texts), DIMENSIONS).astype(np.float32)

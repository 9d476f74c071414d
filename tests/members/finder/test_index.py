"""The index with a few phrases: words as people write them, with and without their meaning."""

from collections.abc import Sequence

import numpy as np
import pytest

from members.finder.encoder import Meaning
from members.finder.index import SIGNALS, Index, Phrase
from members.finder.ranking import Weights, probabilities

RENT, CARE, CUT, DRINK = 11, 12, 13, 14
PHRASES = [
    Phrase(RENT, "je ne peux plus payer mon loyer"),
    Phrase(RENT, "l'huissier réclame des factures impayées"),
    Phrase(RENT, "ik kan de huur niet meer betalen"),
    Phrase(CARE, "quelqu'un pour laver ma mère à domicile"),
    Phrase(CARE, "thuishulp voor mijn moeder"),
    Phrase(CUT, "formation MGF 9ter"),
    Phrase(DRINK, "je bois trop d'alcool"),
    Phrase(DRINK, "пью каждый день и не могу остановиться"),
    Phrase(None, "quel temps fera-t-il demain"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(PHRASES, None)


@pytest.fixture
def meaning(settings: object) -> Meaning:
    settings.FINDER_ENCODER = ""
    return Meaning()


def best(index: Index, meaning: Meaning, text: str) -> int | None:
    shares = probabilities(index.measure(index.read(text, meaning)), Weights.fitted(has_meaning=False))
    return [*index.needs, None][int(shares.argmax())]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("loyer", RENT),
        ("LOYERS !!!", RENT),
        ("factures", RENT),
        ("facture impayee", RENT),
        ("huisier", RENT),
        ("luissier et les facturs", RENT),
        ("mon loier", RENT),
        ("huur", RENT),
        ("de huur en mon propriétaire, betalen lukt niet", RENT),
        ("domisile", CARE),
        ("moeder", CARE),
        ("9ter", CUT),
        ("mgf", CUT),
        ("alcol", DRINK),
        ("пью", DRINK),
        ("demain", None),
        ("xyzzy qwerty", None),
    ],
)
def test_words_lead_to_the_need(index: Index, meaning: Meaning, text: str, need: int | None) -> None:
    assert best(index, meaning, text) == need


def test_why_tells_the_words_as_we_read_them(index: Index, meaning: Meaning) -> None:
    query = index.read("facturs huisier trottinette", meaning)

    assert set(index.telling_words(query, RENT)) == {"factures", "huissier"}
    assert index.telling_words(query, DRINK) == []


def test_the_last_phrase_counts_when_nothing_is_not_for_us(meaning: Meaning) -> None:
    index = Index(PHRASES[:-1], None)

    assert best(index, meaning, "остановиться") == DRINK
    assert index.measure(index.read("loyer", meaning)).shape == (5, len(SIGNALS))


class Sideways:
    """Gives each text a direction by its first letter."""

    name = "sideways"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, ord(text[0].lower()) % 512] = 1
        return vectors


def test_meaning_finds_what_no_word_shares(settings: object) -> None:
    settings.FINDER_ENCODER = "tests.members.finder.test_index.Sideways"
    meaning = Meaning()
    phrases = [Phrase(RENT, "alpha"), Phrase(CARE, "beta"), Phrase(None, "gamma")]
    index = Index(phrases, meaning.of([phrase.text for phrase in phrases]))

    signals = index.measure(index.read("blabla", meaning))

    nearest, learned = signals[:, SIGNALS.index("nearest")], signals[:, SIGNALS.index("learned")]
    assert [int(nearest.argmax()), int(learned.argmax())] == [1, 1]
    assert signals[:, SIGNALS.index("words")].sum() == 0

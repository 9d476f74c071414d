"""Words as they are compared: without case and accents, one text at a time or thousands at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.finder.words import fold, fold_each

TEXTS = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Été à Łódź", "l’ete a lodz"),
        ("Œuvre DE Straße", "oeuvre de strasse"),
        ("e\u0301le\u0300ve", "eleve"),
        ("İstanbul ısı", "istanbul isi"),
        ("الكتاب مُعلِّم", "الكتاب معلم"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁnances ½", "finances 1⁄2"),
        ("", ""),
    ],
)
def test_case_and_accents_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_many_texts_are_folded_as_each_is(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(text) for text in texts]

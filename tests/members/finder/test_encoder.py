"""When the encoder is missing or broken people still find help; only the watchdog is told."""

import logging
from collections.abc import Sequence

import numpy as np
import pytest
from django.test import Client

from members.finder.search import search
from tests.factories.members import NeedFactory

pytestmark = pytest.mark.django_db


class Broken:
    """Does not even load."""

    name = "broken"

    def __init__(self) -> None:
        raise OSError("weights.npz: no such file")


class Failing:
    """Loads, reads the phrases, and then fails with what somebody typed in its error."""

    name = "failing"
    calls = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        type(self).calls += 1
        if type(self).calls > 1:
            raise ValueError(f"cannot read {texts}")
        return np.ones((len(texts), 512), dtype=np.float32)


@pytest.fixture(autouse=True)
def _has_not_failed_yet() -> None:
    Failing.calls = 0


@pytest.fixture
def need() -> object:
    return NeedFactory(label_fr="Je ne peux plus payer mon loyer", label_nl="Huur", synonyms_fr=["huissier"])


@pytest.mark.parametrize("broken", ["", "nowhere.Encoder", f"{__name__}.Broken", f"{__name__}.Failing"])
def test_words_alone_still_find_help(need: object, settings: object, broken: str) -> None:
    settings.FINDER_ENCODER = broken

    found = search("un huissier")

    assert [match.need for match in found.matches] == [need.pk]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("", "no encoder is set"),
        (f"{__name__}.Broken", "its encoder fails (OSError)"),
        (f"{__name__}.Failing", "its encoder fails (ValueError)"),
    ],
)
def test_only_the_watchdog_is_told(need: object, client: Client, settings: object, broken: str, said: str) -> None:
    settings.FINDER_ENCODER = broken
    search("un huissier")

    response = client.get("/health")

    assert response.status_code == 200
    assert response.content.decode().splitlines() == ["ok", f"the finder compares words only: {said}"]


def test_a_working_encoder_needs_no_word(client: Client) -> None:
    assert client.get("/health").content == b"ok"


def test_what_was_typed_is_not_in_the_log_of_the_failure(
    need: object, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.FINDER_ENCODER = f"{__name__}.Failing"

    with caplog.at_level(logging.DEBUG):
        search("huissier xylophone")

    assert "ValueError" in caplog.text
    assert "xylophone" not in caplog.text

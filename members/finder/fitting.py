"""Finds the weights of the signals that make the right needs of a list of cases most probable."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from members.finder.evaluation import Case
from members.finder.index import SIGNALS
from members.finder.ranking import WEIGHTS_FILE, WITHOUT_ENCODER
from members.finder.store import current_memory
from members.models.need import Need

STEPS = 6000
RATE = 0.5
MODESTY = 1e-4  # pulls every weight a little towards zero

Doubles = NDArray[np.float64]


def fit(cases: Sequence[Case]) -> dict[str, Any]:
    """The weights with all signals, and with those of words alone, for ``weights.json``."""
    signals, wanted = measured(cases)
    return {
        "all": _weights(signals, wanted, SIGNALS),
        "words": _weights(signals, wanted, WITHOUT_ENCODER),
    }


def save(weights: dict[str, Any]) -> None:
    """Write them where the finder reads them."""
    WEIGHTS_FILE.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def measured(cases: Sequence[Case]) -> tuple[Doubles, NDArray[np.bool_]]:
    """The signals of each case (cases, needs + 1, signals), and which needs are right (cases, needs + 1).

    Raises ``ValueError`` where there is no case, or one asks for a need that the finder does not know.
    """
    memory = current_memory()
    slugs = dict(Need.objects.values_list("pk", "slug_fr"))
    names = [slugs[need] for need in memory.index.needs]
    unknown = {need for case in cases for need in case.needs} - set(names)
    if unknown or not cases:
        raise ValueError(f"No need is called {', '.join(sorted(unknown))}." if unknown else "There is no case.")
    rests = [memory.places.find(case.query).rest for case in cases]
    signals = np.stack([memory.index.measure(memory.index.read(rest, memory.meaning)) for rest in rests])
    wanted = np.array([[name in case.needs for name in names] + [not case.needs] for case in cases])
    return signals.astype(np.float64), wanted


def _weights(signals: Doubles, wanted: NDArray[np.bool_], names: Sequence[str]) -> dict[str, Any]:
    """Maximum likelihood by gradient descent on signals of equal spread."""
    used = signals[:, :, [SIGNALS.index(name) for name in names]]
    spread = used.std(axis=(0, 1)) + 1e-9
    constant = np.zeros((*used.shape[:2], 1))
    constant[:, -1] = 1.0  # only what is not for us has it
    features = np.concatenate([used / spread, constant], axis=2)
    weights = np.zeros(features.shape[2])
    for _step in range(STEPS):
        shares = np.exp(features @ weights - (features @ weights).max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        right = shares * wanted
        right /= right.sum(axis=1, keepdims=True)
        slope = np.einsum("cn,cnf->f", shares - right, features) / len(features)
        weights -= RATE * (slope + MODESTY * weights)
    return {
        "signals": {
            name: round(float(weight), 3) for name, weight in zip(names, weights / [*spread, 1], strict=False)
        },
        "not_for_us": round(float(weights[-1]), 3),
    }

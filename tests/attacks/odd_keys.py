"""What no security key answers: right answers in which something stands otherwise."""

import json
from collections.abc import Iterator
from typing import Any

from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import strategies as st

from tests.attacks.odd import TEXTS

INSIDE = {
    "clientDataJSON": ("type", "challenge", "origin", "crossOrigin", "topOrigin"),
    "attestationObject": ("fmt", "attStmt", "authData"),
}
MANY_BYTES = 3 * 10**8  # of zeros, where a number is taken for so many
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([MANY_BYTES, 2**62, 10**30]),
    st.floats(),
    st.sampled_from(TEXTS).filter(lambda text: len(text) < 1_000),
    st.text(max_size=10),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


ENCODABLE = st.recursive(
    st.one_of(
        st.integers(-(2**31), 2**31),
        st.just(MANY_BYTES),
        st.booleans(),
        st.binary(max_size=9),
        st.text(st.characters(codec="utf-8"), max_size=9),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["fmt", "attStmt", "authData", 1, 3, -1]), inner),
    ),
    max_leaves=5,
)


def odd_bytes(right: bytes) -> st.SearchStrategy[bytes]:
    """Bytes in place of these: a part of them, one of them changed, others, or CBOR or JSON of something else."""
    places = st.integers(0, max(len(right) - 1, 0))
    flips = st.builds(
        lambda at, by: right[:at] + bytes([right[at] ^ by]) + right[at + 1 :], places, st.integers(1, 255)
    )
    return st.one_of(
        st.binary(max_size=40),
        places.map(lambda at: right[:at]),
        *([flips] if right else []),
        ENCODABLE.map(cbor.encode),
        TREES.map(encoded_json),
    )


def paths(tree: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield above
    for name, inner in tree.items() if isinstance(tree, dict) else ():
        yield from paths(inner, (*above, name))


def inside(answer: dict[str, Any], name: str, odd: Any) -> None:
    """Change what stands inside a part: in JSON of its own, or in CBOR."""
    [part] = [one for one, names in INSIDE.items() if name in names]
    read, written = (json.loads, encoded_json) if part == "clientDataJSON" else (cbor.decode, cbor.encode)
    response = answer["response"]
    if part in response:
        response[part] = websafe_encode(written(read(websafe_decode(response[part])) | {name: odd}))


def encoded_json(tree: Any) -> bytes:
    return json.dumps(tree).encode()


@st.composite
def odd_answers(draw: Any, right: dict[str, Any]) -> str:
    """A right answer in which one place, or two, hold something else, or nothing; or a place inside a part does."""
    answer = json.loads(json.dumps(right))
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from([name for names in INSIDE.values() for name in names]))
        inside(answer, name, draw(ENCODABLE if name in INSIDE["attestationObject"] else TREES))
        return json.dumps(answer)
    for path in draw(st.lists(st.sampled_from(sorted(paths(right))), min_size=1, max_size=2)):
        answer = draw(replaced(answer, path))
    return json.dumps(answer)


@st.composite
def replaced(draw: Any, tree: Any, path: tuple[str, ...]) -> Any:
    if not isinstance(tree, dict) or not path:
        try:
            inside = [odd_bytes(websafe_decode(tree)).map(websafe_encode)] * 3
        except (TypeError, ValueError):  # no bytes: a name, a list of names, or odd already
            inside = []
        return draw(st.one_of(TREES, *inside))
    name = path[0]
    if len(path) == 1 and draw(st.integers(0, 4)) == 0:
        return {other: inner for other, inner in tree.items() if other != name}
    return tree | {name: draw(replaced(tree.get(name), path[1:]))}


def changed(answer: dict[str, Any], place: str, odd: Any) -> dict[str, Any]:
    """An answer with something else in one place: of its own, of its response, or inside a part of that."""
    if place in answer:
        answer[place] = odd
    elif place in answer["response"]:
        answer["response"][place] = odd
    else:
        inside(answer, place, odd)
    return answer


def flipped(text: str, at: int, by: int = 1) -> str:
    data = bytearray(websafe_decode(text))
    data[at] ^= by
    return websafe_encode(bytes(data))

"""Makes any number of odd files from the good ones of the library, always the same ones for the same seed."""

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from library.examination.recognition import MEDIA_TYPES
from tests.library.odd_files import SEED, zipped

SMALL = 200_000  # bytes of a file to start from
ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "cp037")
INSERTIONS = (
    b"\0" * 64,
    b"\xff" * 64,
    b"%PDF-1.7",
    b"PK\x03\x04",
    rb"{\rtf1",
    b"<html>",
    b"\xed\xa0\x80",
    b"&#0;&#xD800;",
)


def odd_files(number: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names and contents."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    good = sorted(path for path in SEED.iterdir() if path.stat().st_size < SMALL)
    for index in range(number):
        path = chance.choice(good)
        change = chance.choice(CHANGES)
        suffix = path.suffix if chance.random() < 0.8 else chance.choice(list(MEDIA_TYPES))
        yield f"{index} {change.__name__}{suffix}", change(path.read_bytes(), chance)


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def headless(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(1, len(content)) :]


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _time in range(chance.choice((1, 10, 200, 5000))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def inserted(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(INSERTIONS) * chance.choice((1, 1000)) + content[at:]


def repeated(content: bytes, chance: random.Random) -> bytes:
    return content * chance.randrange(2, 6)


def swapped(content: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.sample(range(len(content)), 2))
    return content[b:] + content[a:b] + content[:a]


def noise(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((1, 100, 50_000)))


def encoded(content: bytes, chance: random.Random) -> bytes:
    text = "Règlement de travail – arbeidsreglement €\n" * chance.choice((1, 500))
    return text.encode(chance.choice(ENCODINGS), "replace") + chance.choice((b"", b"\0", b"\xed\xb0\x80\xff"))


def nested(content: bytes, chance: random.Random) -> bytes:
    for depth in range(chance.randrange(1, 6)):
        content = zipped({f"{depth}.zip": content, "word/document.xml": "", "[Content_Types].xml": ""})
    return content


def repacked(content: bytes, chance: random.Random) -> bytes:
    """An office file whose parts were changed, and which is whole all the same."""
    if not content.startswith(b"PK"):
        return flipped(content, chance)
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part.filename, _changed(source.read(part), part.filename, chance))
    return made.getvalue()


def _changed(part: bytes, name: str, chance: random.Random) -> bytes:
    if not part or name in ("mimetype", "[Content_Types].xml") or chance.random() < 0.6:
        return part
    tag = f"<x{chance.randrange(9)}>".encode()
    whole = (b"", part + part, tag * 50_000 + part, part.replace(b"</", b"<"), part.replace(b">", b" a='&b;'>", 3))
    return chance.choice((*whole, truncated(part, chance), flipped(part, chance), b"\0" * 10_000_000))


def renamed(content: bytes, chance: random.Random) -> bytes:
    return content


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(truncated, headless, flipped, inserted, repeated, swapped, noise, encoded, nested, repacked, repacked, renamed),
)

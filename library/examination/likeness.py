"""A fingerprint of 64 bits that is alike for texts that are nearly the same."""

import hashlib
import re
import unicodedata

import numpy as np

WORDS = re.compile(r"\w+")
SHINGLE = 3  # words in a row
FEWEST = 20  # words; shorter texts are alike by chance
MOST = 60_000  # words


def likeness(text: str) -> int | None:
    """The simhash of the text's folded word shingles, as a signed number; none for a very short text.

    Charikar, Similarity estimation techniques from rounding algorithms (2002): of each bit, what most shingles have.
    """
    words = WORDS.findall(folded(text))[:MOST]
    if len(words) < FEWEST:
        return None
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    digests = b"".join(hashlib.blake2b(shingle.encode(), digest_size=8).digest() for shingle in shingles)
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(-1, 8), axis=1)
    most = np.packbits(bits.mean(axis=0) > 0.5)
    return int.from_bytes(most.tobytes(), "big", signed=True)


def folded(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

"""Whether a text is French or Dutch."""

import re

WORDS = re.compile(r"[a-zàâçéèêëîïôûùœ]+")
SMALL_WORDS = {
    "fr": """le la les des du un une et est en que qui dans pour par sur avec ne pas au aux ce cette sont ou il elle
        vous nous leur ses son sa être été plus chaque tout""",
    "nl": """de het een en van is in dat die voor met op niet aan door te zijn of wordt worden als bij naar ook uit om
        u wij hij zij deze dit elke werd kan moet""",
}
FRENCH, DUTCH = (frozenset(SMALL_WORDS[language].split()) for language in ("fr", "nl"))
FEWEST = 5  # words that tell
LEAD = 1.5  # times as many as of the other language


def guess_language(text: str) -> str:
    """The code of the language, by its small words; empty when neither is clear."""
    words = WORDS.findall(text.lower())
    french, dutch = (sum(word in small for word in words) for small in (FRENCH - DUTCH, DUTCH - FRENCH))
    if max(french, dutch) < FEWEST:
        return ""
    if french > dutch * LEAD:
        return "fr"
    return "nl" if dutch > french * LEAD else ""

"""Communes in a query: by name, neighbourhood or postcode, with typing errors; and words that only look alike."""

import pytest

from members.finder.places import Places

COMMUNES = {
    1: ["Ixelles", "Elsene", "1050", "Matonge", "…"],  # what an editor typed without a letter names nothing
    2: ["Saint-Gilles", "Sint-Gillis", "1060"],
    3: ["Jette", "1090"],
    4: ["Schaerbeek", "Schaarbeek", "1030"],
    5: ["Woluwe-Saint-Pierre", "Sint-Pieters-Woluwe", "1150", "Woluwe"],
    6: ["Woluwe-Saint-Lambert", "Sint-Lambrechts-Woluwe", "1200", "Woluwe"],
    7: ["Bruxelles-Ville", "Brussel-Stad", "1000", "1020", "Laeken", "Laken"],
    8: ["Saint-Josse-ten-Noode", "Sint-Joost-ten-Node", "1210", "Saint-Josse"],
}


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(COMMUNES.items())


@pytest.mark.parametrize(
    ("text", "communes", "rest"),
    [
        ("une infirmière à Ixelles", {1}, "une infirmière"),
        ("verpleegster in Elsene", {1}, "verpleegster"),
        ("repas livrés 1050", {1}, "repas livrés"),
        ("je vis à st gilles, mon loyer est trop cher", {2}, "je vis  , mon loyer est trop cher"),
        ("Sint Gillis huisbaas", {2}, "huisbaas"),
        ("poetshulp schaarbeek", {4}, "poetshulp"),
        ("aide à Scharbeek", {4}, "aide"),
        ("mijn moeder in Woluwe valt", {5, 6}, "mijn moeder   valt"),
        ("garde de nuit à Woluwe-Saint-Pierre", {5}, "garde de nuit"),
        ("saint-josse", {8}, ""),
        ("Jette", {3}, ""),
        ("j'habite à Jette et je suis seule", {3}, "j'habite   et je suis seule"),
        ("on me jette dehors", set(), "on me jette dehors"),
        ("ik heb geen laken om te slapen", set(), "ik heb geen laken om te slapen"),
        ("iemand in Laken", {7}, "iemand"),
        ("je cherche un médecin à Bruxelles", set(), "je cherche un médecin à Bruxelles"),
        ("numéro 1234", set(), "numéro 1234"),
        ("", set(), ""),
    ],
)
def test_place_is_read_and_taken_out(places: Places, text: str, communes: set[int], rest: str) -> None:
    found = places.find(text)

    assert found.communes == communes
    assert " ".join(found.rest.split()) == " ".join(rest.split())

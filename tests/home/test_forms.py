"""The menu that is written at once says what Django's own says."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.forms import Select

from home.forms import LongSelect

CHOICES = [
    ("", "Toutes"),
    ("a&b", "Amis & <b>Bruxelles</b>"),
    (2, '"Deux"'),
    (3000, "Trois mille"),
    ("é", "L’été"),
    ('"><b>', "'"),
]


def menu(widget: Select, value: object) -> Tag:
    drawn = widget.render("association", value, {"id": "id_association", "required": True, "disabled": False})
    return BeautifulSoup(drawn, "html.parser").select_one("select")


@pytest.mark.parametrize("value", ["", None, "a&b", 2, "3000", "unknown"])
def test_a_long_menu_is_the_same_as_djangos(value: object) -> None:
    long, plain = (menu(kind({"class": "wide"}, CHOICES), value) for kind in (LongSelect, Select))

    assert long.attrs == plain.attrs
    assert [(one.attrs, one.get_text()) for one in long.select("option")] == [
        (one.attrs, one.get_text()) for one in plain.select("option")
    ]
    assert len(long.find_all()) == len(CHOICES)

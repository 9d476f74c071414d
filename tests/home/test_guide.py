"""The guide of the CMS says what its readers see."""

import re
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from babel.messages.pofile import read_po
from django.conf import settings

from home.guide import guide_sections


@pytest.mark.parametrize(("language", "quoted"), [("fr", r"«\s(.+?)\s»"), ("nl", r"‘(.+?)’(?!s)")])
def test_the_guide_names_what_the_cms_shows(language: str, quoted: str) -> None:
    """Every name that the guide quotes is a label of ours, of Wagtail or of wagtail-localize in that language."""
    labels = set()
    for folder in (settings.SITE_DIR, Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent):
        for catalogue in folder.rglob(f"locale/{language}/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as file:
                labels |= {plain(str(message.string)) for message in read_po(file)}

    named = {plain(name) for part in guide_sections(language) for name in re.findall(quoted, part["text"], re.DOTALL)}

    assert len(named) > 10
    assert named - labels == set()


def plain(label: str) -> str:
    return " ".join(label.replace("’", "'").lower().split())

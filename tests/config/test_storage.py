"""The style sheets that production serves are each one piece, and together hold every part."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.storage import IMPORT, STYLE_SHEETS, style_sheet

CSS = Path(settings.SITE_DIR) / "static" / "css"


@pytest.mark.parametrize("name", STYLE_SHEETS)
def test_a_style_sheet_is_served_in_one_piece(name: str) -> None:
    css = style_sheet(name)
    assert "@import" not in css
    assert "/*" not in css
    assert css.count("{") == css.count("}")


def test_what_means_something_stays() -> None:
    css = "".join(map(style_sheet, STYLE_SHEETS))
    assert 'content:"\\a0(" attr(href) ")"' in css
    assert 'content:"· "' in css
    assert "@layer reset,tokens,base,layout,components,utilities;" in css
    assert re.search(r"clamp\(1\.95rem,1\.55rem \+ 1\.9vw,3\.1rem\)", css)
    assert ".is-member-area main .button:not(" in css


def test_every_part_is_in_one_style_sheet() -> None:
    parts = [found["part"] for name in STYLE_SHEETS for found in IMPORT.finditer((CSS.parent / name).read_text())]
    files = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")}
    # The CMS loads its own few rules.
    assert files - set(parts) == {"site.css", "member.css", "cards.css", "admin.css"}
    assert len(parts) == len(set(parts))


def test_the_parts_find_their_pictures_and_fonts() -> None:
    for name in ("../img/axis-1.svg", "../fonts/heading.woff2"):
        assert f'url("{name}")' in style_sheet("css/site.css")
        assert (CSS / name).exists()


def test_no_font_size_is_in_pixels() -> None:
    for path in CSS.rglob("*.css"):
        assert "px;" not in path.read_text().replace("1px;", ""), path

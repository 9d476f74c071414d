"""The style sheet that production serves is one piece, and holds every part."""

from pathlib import Path

from django.conf import settings

from config.storage import IMPORT, STYLE_SHEET, style_sheet

CSS = Path(settings.SITE_DIR) / "static" / "css"


def test_the_style_sheet_is_served_in_one_piece() -> None:
    css = style_sheet()
    assert "@import" not in css
    assert css.count("{") == css.count("}")


def test_every_part_is_in_the_style_sheet() -> None:
    parts = {found["part"] for found in IMPORT.finditer((CSS.parent / STYLE_SHEET).read_text())}
    files = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")}
    # The CMS loads its own few rules.
    assert files - parts == {"site.css", "admin.css"}


def test_the_parts_find_their_pictures_and_fonts() -> None:
    for name in ("../img/axis-1.svg", "../fonts/heading.woff2"):
        assert f'url("{name}")' in style_sheet()
        assert (CSS / name).exists()


def test_no_font_size_is_in_pixels() -> None:
    for path in CSS.rglob("*.css"):
        assert "px;" not in path.read_text().replace("1px;", ""), path

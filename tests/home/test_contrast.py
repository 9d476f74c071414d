"""Every colour of the style sheet can be read on its ground, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.SITE_DIR) / "static" / "css" / "tokens.css"
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "paper-raised", "paper-sunken")
PAIRS = [
    *((text, ground, TEXT) for text in ("ink", "ink-soft", "petrol", "petrol-strong") for ground in GROUNDS),
    *(("ink", f"{tone}-ground", TEXT) for tone in ("saffron", "danger", "success")),
    ("danger", "paper", TEXT),
    ("danger", "danger-ground", TEXT),
    ("success", "success-ground", TEXT),
    ("petrol", "saffron-ground", TEXT),
    ("on-petrol", "petrol-ground", TEXT),
    ("on-petrol-soft", "petrol-ground", TEXT),
    ("on-petrol", "petrol-ground-deep", TEXT),
    ("on-petrol-soft", "petrol-ground-deep", TEXT),
    ("saffron", "petrol-ground-deep", TEXT),
    ("on-saffron", "saffron", TEXT),
    ("on-saffron", "saffron-strong", TEXT),
    ("rule-strong", "paper", SHAPE),
    ("rule-strong", "paper-raised", SHAPE),
]


def linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLCH to linear sRGB, clipped to what a screen shows (https://bottosson.github.io/posts/oklab/)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(1.0, max(0.0, value)) for value in (red, green, blue))


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance of an OKLCH colour (WCAG 2.2)."""
    red, green, blue = linear_rgb(*colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def read(css: str) -> tuple[dict[str, tuple[float, float, float]], dict[str, float]]:
    colours = {
        name: tuple(float(part) for part in value.split())
        for name, value in re.findall(r"--([\w-]+): oklch\(([\d. ]+)\);", css)
    }
    return colours, {name: float(value) for name, value in re.findall(r"--(wheel-[\w-]+): ([\d.]+);", css)}


def schemes() -> dict[str, tuple[dict[str, tuple[float, float, float]], dict[str, float]]]:
    light, rest = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    colours, wheel = read(light)
    darker, dark_wheel = read(rest.split("@supports")[0])
    return {"light": (colours, wheel), "dark": (colours | darker, wheel | dark_wheel)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_tokens_can_be_read(scheme: str, text: str, ground: str, least: float) -> None:
    colours, _wheel = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("step", range(24))
def test_every_association_can_be_read_in_its_hue(scheme: str, step: int) -> None:
    colours, wheel = schemes()[scheme]
    text, ground, _fill = (
        (wheel[f"wheel-{part}-l"], wheel[f"wheel-{part}-c"], step * 15.0) for part in ("text", "ground", "fill")
    )
    grounds = [ground, *(colours[name] for name in GROUNDS)]
    assert min(contrast(text, each) for each in grounds) >= TEXT
    assert contrast(colours["ink"], ground) >= TEXT
    assert contrast(colours["ink-soft"], ground) >= TEXT

"""The conventions that matter, each as a test that fails when somebody breaks it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from wagtail.blocks import Block, StructBlock

from home import blocks as home_blocks

ROOT = Path(__file__).resolve().parents[1]
APPS = ("home", "members", "news", "library")
CODE = (*APPS, "site/config")
TOP = {
    *(".ci", ".github", ".gitignore", "Makefile", "README.md", "manage.py", "pyproject.toml"),
    *("home", "library", "members", "news", "site", "templates", "tests"),
}
MADE_BY_TOOLS = {".git", ".venv", ".data", "__pycache__", ".benchmarks", ".hypothesis", "uv.lock"}
# Templates that a library asks for by name.
OVERRIDES = (
    "allauth/",
    "account/",
    "mfa/",
    "socialaccount/",
    "usersessions/",
    "wagtailadmin/",
    "wagtailcore/",
    "wagtailusers/",
    "wagtail_localize/",
    "django/",
    "429.html",
    "errors/",
)
LONGEST_MODULE = 300


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders or (*CODE, "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def templates() -> dict[str, str]:
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_site_stays_a_folder() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    said = subprocess.run(
        [sys.executable, "-c", "import site; print(site.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(ROOT / "site") not in said.stdout.replace(str(ROOT / ".venv"), "")


def test_the_top_level_stays_as_it_is() -> None:
    there = {path.name for path in ROOT.iterdir()} - MADE_BY_TOOLS
    assert {entry for entry in there - TOP if not entry.endswith("_cache")} == set()


def test_modules_are_short() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in modules()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_imports_are_absolute() -> None:
    assert [name(path) for path in modules() if any(node.level for node in from_imports(path))] == []


def from_imports(path: Path) -> list[ast.ImportFrom]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text() for path in modules(*CODE))
    texts = templates()
    unused = []
    for template in texts:
        others = "\n".join(text for other, text in texts.items() if other != template)
        if not template.startswith(OVERRIDES) and not is_named(template, code, others):
            unused.append(template)
    assert unused == []


def is_named(template: str, code: str, others: str) -> bool:
    """Tell whether code or another template names it, or a page has it by its own name."""
    stem = Path(template).stem
    if f'"{template}"' in code or f'"{template}"' in others or f"'{template}'" in others:
        return True
    page = "".join(word.title() for word in stem.split("_"))
    return template.endswith("_page.html") and bool(re.search(rf"class {page}\(", code, re.IGNORECASE))


STYLE_OR_SCRIPT = re.compile(
    r"""<script(?![^>]*\b(?:src=|type="application/(?:ld\+)?json"))|<style\b|\sstyle=|\son[a-z]+="|javascript:"""
)
TRUST = re.compile(r"\|\s*safe\b|\{%\s*autoescape off")


def test_templates_have_no_style_or_script_of_their_own() -> None:
    """The Content-Security-Policy would stop them, silently; mail is for programs that know no style sheets."""
    pages = {path: text for path, text in templates().items() if not path.startswith("emails/")}
    assert {path: STYLE_OR_SCRIPT.findall(text) for path, text in pages.items() if STYLE_OR_SCRIPT.search(text)} == {}


# HTML that our code or our files hold, never what somebody typed.
TRUSTED = {"forms/field.html": "field.help_text|safe", "home/admin/editor_guide.html": "section.text|safe"}


def test_templates_trust_no_text() -> None:
    """Plain mail has no HTML to protect."""
    pages = {path: text.replace(TRUSTED.get(path, "-"), "") for path, text in templates().items()}
    found = {path: TRUST.findall(text) for path, text in pages.items() if TRUST.search(text)}
    assert {path for path in found if not path.endswith(".txt")} == set()


def test_templates_compile() -> None:
    for path in templates():
        assert engine().get_template(path)


def engine() -> Any:
    return engines["django"].engine


def blocks() -> list[type[Block]]:
    def below(kind: type[Block]) -> Iterator[type[Block]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    assert home_blocks
    return sorted(
        {kind for kind in below(Block) if kind.__module__.split(".")[0] in APPS}, key=lambda kind: kind.__name__
    )


@pytest.mark.parametrize("kind", blocks(), ids=lambda kind: kind.__name__)
def test_a_block_is_complete(kind: type[Block]) -> None:
    """A block that an editor can choose has a template; the parts of one are shown by it."""
    meta = kind._meta_class()
    template = getattr(meta, "template", None)
    if template:
        engine().get_template(template)
    if is_part(kind) or not (template or issubclass(kind, StructBlock)):
        return
    assert template
    assert meta.icon != "placeholder"
    assert str(getattr(meta, "description", "")), "an editor reads the description when choosing"


def is_part(kind: type[Block]) -> bool:
    users = [other for other in blocks() if other is not kind and issubclass(other, StructBlock)]
    return any(
        getattr(getattr(field, "child_block", field), "__class__", None) is kind
        for user in users
        for field in user.base_blocks.values()
    )


def test_every_dependency_has_its_reason() -> None:
    """The line above a dependency, or above the one before it in the same group, says what it is for."""
    explained = False
    for line in (ROOT / "pyproject.toml").read_text().split("[project.optional-dependencies]")[0].splitlines()[8:]:
        if line.strip().startswith("#"):
            explained = True
        elif line.strip() in {"]", ""} or line.strip().endswith("["):
            explained = False
        elif line.strip().startswith('"'):
            assert explained, line

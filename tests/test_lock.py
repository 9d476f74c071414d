"""The lock says what pyproject asks for, with hashes, and no place of this or that machine."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WANTED = {
    "production": PROJECT["dependencies"],
    "development": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["development"],
}
LOCKS = pytest.mark.parametrize("name", WANTED)


def lock(name: str) -> str:
    return (ROOT / "site" / "requirements" / f"{name}.txt").read_text()


def blocks(name: str) -> dict[str, str]:
    """The lock by package: what follows its name, up to the next one."""
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?(==.*?)(?=^[a-z0-9]|\Z)", lock(name), re.MULTILINE | re.DOTALL)
    return {canonicalize_name(package): block for package, block in found}


def wanted(name: str) -> dict[str, Requirement]:
    return {canonicalize_name(Requirement(text).name): Requirement(text) for text in WANTED[name]}


@LOCKS
def test_every_dependency_is_locked_in_a_version_that_pyproject_allows(name: str) -> None:
    locked = blocks(name)
    for package, requirement in wanted(name).items():
        assert package in locked, f"{package} is not in the lock: run “make lock”"
        version = re.match(r"==([^\s;\\]+)", locked[package])
        assert version and requirement.specifier.contains(version[1], prereleases=True), f"{package}: run “make lock”"


@LOCKS
def test_the_lock_asks_for_nothing_that_pyproject_does_not(name: str) -> None:
    asked = {package for package, block in blocks(name).items() if "alliance-otonom (pyproject.toml)" in block}
    assert asked == set(wanted(name))


@LOCKS
def test_every_package_has_a_hash(name: str) -> None:
    assert [package for package, block in blocks(name).items() if "--hash=sha256:" not in block] == []


@LOCKS
def test_the_lock_names_no_address(name: str) -> None:
    assert re.findall(r"https?://|file:|^-", lock(name), re.MULTILINE) == []


def test_production_has_the_versions_that_the_tests_use() -> None:
    def versions(name: str) -> dict[str, str]:
        return {package: block.split()[0] for package, block in blocks(name).items()}

    assert versions("production").items() <= versions("development").items()

"""What a watchdog is told: what the site cannot do without, and what works less well than it should.

The apps above this one offer their own remarks. They give numbers, and name no person, page or place.
"""

from collections.abc import Callable

Remark = Callable[[], str]
_remarks: list[Remark] = []
_needs: list[Remark] = []


def register(remark: Remark) -> None:
    """Ask this on every check; it answers in one sentence, or with nothing when all is well."""
    if remark not in _remarks:
        _remarks.append(remark)


def register_need(need: Remark) -> None:
    """The same for what makes the site unusable; asked in the order in which they came, until one is missing."""
    if need not in _needs:
        _needs.append(need)


def missing() -> str:
    """The first thing that is missing and without which nobody can use the site; empty when there is none."""
    return next((said for need in _needs if (said := need())), "")


def remarks() -> list[str]:
    """What works less well than it should, though the site answers."""
    return [said for remark in _remarks if (said := _asked(remark))]


def _asked(remark: Remark) -> str:
    """What a remark says; one that fails says that, so that the others are heard too."""
    try:
        return remark()
    except Exception as error:
        return f"one check failed: {remark.__module__}.{remark.__name__}, {type(error).__name__}"

"""What a watchdog is told besides that the site answers; the apps above this one offer their own remarks."""

from collections.abc import Callable

Remark = Callable[[], str]
_remarks: list[Remark] = []


def register(remark: Remark) -> None:
    """Ask this on every check; it answers in one sentence, or with nothing when all is well."""
    if remark not in _remarks:
        _remarks.append(remark)


def remarks() -> list[str]:
    """What works less well than it should, though the site answers."""
    return [said for remark in _remarks if (said := remark())]

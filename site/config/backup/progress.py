"""Bars that show how far a backup is, on a terminal; in a journal they would only be noise."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


def bars() -> Progress:
    """For ``with``; tasks are added to it."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)

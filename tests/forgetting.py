"""Runs ``manage.py forget`` and reads what it says."""

from io import StringIO

from django.core.management import call_command


def forget(*arguments: str) -> dict[str, int]:
    """How many went, or are due, of each kind where there are some."""
    out = StringIO()
    call_command("forget", *arguments, stdout=out)
    lines = [line.split(maxsplit=1) for line in out.getvalue().splitlines()]
    return {what.rsplit(", kept ", 1)[0]: int(number) for number, what in lines if number != "0"}

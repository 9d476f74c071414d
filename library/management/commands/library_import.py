"""Brings many files into the library, from a folder and a table that says what each is."""

import csv
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from library.importing.folder import Folder, normal, printable
from library.importing.guesses import write_manifest
from library.importing.manifest import COLUMNS, ManifestFault, Row, read_manifest
from library.importing.rows import REFUSED, UNNAMED, Outcome, import_row
from members.models import User

EPILOG = "Columns of the manifest, a CSV file with a comma, semicolon or tab between its cells:\n" + "\n".join(
    f"  {name:13} {said}" for name, said in COLUMNS.items()
)


class Command(BaseCommand):
    """``manage.py library_import FOLDER --manifest manifest.csv [--by EMAIL] [--report report.csv]``."""

    help = (
        "Bring the files of a folder into the library as a manifest describes them. Killed in the middle, it goes on "
        "when it is run again; run again, it adds nothing twice. Ends with 1 when something was refused."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Show the columns as they are written here."""
        kwargs |= {"formatter_class": RawDescriptionHelpFormatter, "epilog": EPILOG}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, the table, and in whose name."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--manifest", type=Path, help="the table that says what each file is")
        parser.add_argument(
            "--by", metavar="EMAIL", help="who adds the files: an editor, or somebody of the association"
        )
        parser.add_argument("--report", type=Path, help="write what became of each row and each file into this CSV")
        parser.add_argument("--write-manifest", type=Path, help="write a table with guesses, to complete, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what was asked, then do it."""
        if not options["folder"].is_dir():
            raise CommandError(f"There is no folder {options['folder']}.")
        folder, by = Folder(options["folder"]), self._person(options["by"])
        if options["write_manifest"]:
            return self._propose(folder, options["write_manifest"], by)
        if not options["manifest"]:
            raise CommandError(
                "Say with --manifest what each file is; --write-manifest FILE makes a table to complete."
            )
        own = {path.resolve() for path in (options["manifest"], options["report"]) if path}
        return self._import(folder, self._rows(options["manifest"]), by, options["report"], own)

    def _person(self, email: str | None) -> Any:
        if not email:
            return None
        person = User.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody has an account with the address {email}.")
        return person

    def _rows(self, manifest: Path) -> list[Row]:
        try:
            return list(read_manifest(manifest))
        except (OSError, ManifestFault) as error:
            raise CommandError(f"{manifest}: {error}") from error

    def _import(self, folder: Folder, rows: list[Row], by: Any, report: Path | None, own: set[Path]) -> None:
        counts: Counter[str] = Counter()
        with ExitStack() as stack:
            write = _report(stack, report)
            for outcomes in self._outcomes(folder, rows, by, own):
                counts[outcomes[0].what] += 1
                for outcome in outcomes:
                    write(outcome)
                    self._say(outcome)
        self.stdout.write(", ".join(f"{number} {what}" for what, number in sorted(counts.items())) or "Nothing to do.")
        if counts[REFUSED]:
            raise CommandError(f"{counts[REFUSED]} rows were refused, for the reasons above.")

    def _outcomes(self, folder: Folder, rows: list[Row], by: Any, own: set[Path]) -> Iterator[list[Outcome]]:
        for row in self._with_bar(rows):
            yield import_row(row, folder, by)
        named = {normal(row.cells.get("file", "")) for row in rows}
        for name, path in folder.files.items():
            if name not in named and path.resolve() not in own:
                yield [Outcome(0, name, UNNAMED)]

    def _say(self, outcome: Outcome) -> None:
        if outcome.what == REFUSED:
            place = f"line {outcome.line}, column {outcome.column}" if outcome.column else f"line {outcome.line}"
            self.stderr.write(printable(f"{place}: {outcome.file}: {outcome.reason}"))
        elif outcome.what == UNNAMED:
            self.stderr.write(printable(f"{outcome.file}: {UNNAMED}"))

    def _propose(self, folder: Folder, target: Path, by: Any) -> None:
        association = by.association.slug if by and by.association else ""
        names = [name for name, path in folder.files.items() if path.resolve() != target.resolve()]
        try:
            for name, reason in write_manifest(target, folder, self._with_bar(names), association):
                self.stderr.write(printable(f"{name}: {reason}"))
        except OSError as error:
            raise CommandError(f"The table cannot be written: {error}") from error
        self.stdout.write(f"{target} names the files: complete the types and associations, then use --manifest.")

    def _with_bar(self, things: list[Any]) -> Iterable[Any]:
        console = Console(stderr=True)
        return track(things, description="Files", console=console, disable=not console.is_terminal)


def _report(stack: ExitStack, path: Path | None) -> Any:
    """Writes each outcome as it comes, so that a killed run has told what it did."""
    if path is None:
        return lambda outcome: None
    opened = stack.enter_context(path.open("w", encoding="utf-8-sig", newline="", buffering=1))
    table = csv.DictWriter(opened, [field.name for field in fields(Outcome)], delimiter=";")
    table.writeheader()

    def write(outcome: Outcome) -> None:
        cells = {name: printable(str(value or "")) for name, value in asdict(outcome).items()}
        table.writerow({name: f"'{cell}" if cell[:1] in "=+-@" and cell else cell for name, cell in cells.items()})

    return write

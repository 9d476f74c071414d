"""What the virus scanner decides: who may get a file, and what becomes of one with a virus."""

from collections import defaultdict

from django.conf import settings
from django.db import transaction

from library.actions import publish_versions_of
from library.enums import ScanState, TextFault, TextState
from library.examination.scanner import scan
from library.models import StoredFile
from members.letters import Letter, send_in_both_languages
from members.models import User

LETTER = Letter("emails/infected_subject.txt", "emails/infected.txt")


def scan_file(stored: StoredFile) -> None:
    """Ask the scanner about a file that waits; raises ScannerAway, and the file waits on."""
    with stored.file.open("rb") as file:
        virus = scan(file, settings.LIBRARY_CLAMD)
    if virus:
        refuse(stored, virus)
    else:
        _release(stored)


@transaction.atomic
def _release(stored: StoredFile) -> None:
    StoredFile.objects.filter(pk=stored.pk, scan=ScanState.WAITING).update(scan=ScanState.CLEAN)
    stored.scan = ScanState.CLEAN
    publish_versions_of(stored)


def refuse(stored: StoredFile, virus: str) -> None:
    """Nobody gets this file any more; its content goes, and what it was stays, so that it is refused next time."""
    stored.scan, stored.virus = ScanState.INFECTED, virus[:200]
    stored.text_state, stored.text_fault = TextState.UNREADABLE, TextFault.INFECTED
    changed = {name: getattr(stored, name) for name in ("scan", "virus", "text_state", "text_fault")}
    with transaction.atomic():
        if not StoredFile.objects.filter(pk=stored.pk).exclude(scan=ScanState.INFECTED).update(**changed):
            return  # another process was faster, and has written
        publish_versions_of(stored)
        _write_to_uploaders(stored)
    stored.file.delete(save=False)


def _write_to_uploaders(stored: StoredFile) -> None:
    """Tell each of them about the names under which they handed it in."""
    names: dict[int, set[str]] = defaultdict(set)
    versions = stored.versions.exclude(added_by=None).values_list("added_by", "file_name")
    for person, name in (*versions, *stored.drafts.values_list("owner", "file_name")):
        names[person].add(name)
    for user in User.objects.active().filter(pk__in=names):
        context = {"virus": stored.virus, "file_names": sorted(names[user.pk])}
        send_in_both_languages(LETTER, [user.email], context)

"""The files of a folder, and nothing outside it."""

import os
import unicodedata
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def normal(name: str) -> str:
    """A path as a table and a disk may both write it: slashes, composed accents, no leading dot."""
    return str(PurePosixPath(unicodedata.normalize("NFC", name.strip().replace("\\", "/"))))


class Folder:
    """Every file below a folder by its relative path; links that lead out of it are known and refused."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        found = (Path(place) / name for place, _folders, names in os.walk(self.root) for name in names)
        self.files = {normal(str(path.relative_to(self.root))): path for path in sorted(found)}

    def find(self, named: str) -> Path:
        """The file that a table names; raises ValidationError when there is none, or it is not in the folder."""
        wanted = normal(named)
        if PurePosixPath(wanted).is_absolute() or ".." in PurePosixPath(wanted).parts or wanted[1:2] == ":":
            raise ValidationError(_("This path leads out of the folder."), code="outside")
        path = self.files.get(wanted)
        if path is None:
            raise ValidationError(_("There is no such file in the folder."), code="missing")
        if not path.resolve().is_relative_to(self.root):
            raise ValidationError(_("This is a link that leads out of the folder."), code="outside")
        if not path.is_file():
            raise ValidationError(_("This is not a file that can be read."), code="special")
        return path


def printable(name: str) -> str:
    """A name that any terminal and any table takes, whatever bytes it has on the disk."""
    return name.encode("utf-8", "backslashreplace").decode()

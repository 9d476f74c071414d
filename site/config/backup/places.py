"""Where the site's files lie, and how they are held, read and put back: folders, or what a storage's API reaches."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

HELD, STAGED = ".backup", ".restore"  # below a folder; nothing else of a folder's own begins with a dot


class Place:
    """A storage that only its API reaches, such as a bucket."""

    def __init__(self, label: str, storage: Any) -> None:
        self.label, self.storage = label, storage
        self.names: list[str] = []

    def hold(self) -> None:
        """Note what is there now; what is deleted meanwhile is missing then."""
        self.names = self.present()

    def let_go(self) -> None:
        """Nothing was held."""

    def open(self, name: str) -> IO[bytes]:
        """A held file to read; raises FileNotFoundError."""
        return self.open_now(name)

    def open_now(self, name: str) -> IO[bytes]:
        """A file to read where it is."""
        opened: IO[bytes] = self.storage.open(name)
        return opened

    def present(self) -> list[str]:
        """The names of all files that are there now."""
        return list(self._listed(""))

    def size(self, name: str) -> int:
        """How long a file is."""
        return int(self.storage.size(name))

    def is_empty(self) -> bool:
        """Tell whether there is no file at all."""
        return next(self._listed(""), None) is None

    def staging(self) -> Path:
        """A folder into which files come before they are known to be whole."""
        return Path(tempfile.mkdtemp(prefix="otonom-"))

    def take(self, staged: Path) -> None:
        """Put every file of that folder where it belongs, and remove the folder."""
        for path in sorted(staged.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    self.storage.save(str(path.relative_to(staged)), File(file))
        shutil.rmtree(staged)

    def _listed(self, folder: str) -> Iterator[str]:
        try:
            folders, files = self.storage.listdir(folder)
        except FileNotFoundError:  # nothing was ever stored
            return
        prefix = f"{folder}/" if folder else ""
        yield from (f"{prefix}{name}" for name in sorted(files) if name)
        for name in sorted(folders):
            yield from self._listed(f"{prefix}{name}")


class Folder(Place):
    """A folder of this machine, whose files are held by hard links."""

    def __init__(self, label: str, storage: FileSystemStorage) -> None:
        super().__init__(label, storage)
        self.root = Path(storage.location)

    def hold(self) -> None:
        """Link every file into a folder of ours: it stays whatever is deleted, and takes no room."""
        self.let_go()
        for path in self._files(self.root):
            held = self.root / HELD / path
            held.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self.root / path, held)
            except FileNotFoundError:  # deleted this very moment
                continue
        self.names = [str(path) for path in self._files(self.root / HELD)]

    def let_go(self) -> None:
        """Take the links away, also those of a backup that was killed."""
        if (self.root / HELD).exists():
            shutil.rmtree(self.root / HELD)

    def open(self, name: str) -> IO[bytes]:
        """A file to read, as it was when it was held."""
        return (self.root / HELD / name).open("rb")

    def size(self, name: str) -> int:
        """How long a held file is."""
        return (self.root / HELD / name).stat().st_size

    def present(self) -> list[str]:
        """The names of all files that are there now, without those that are held."""
        return [str(path) for path in self._files(self.root)]

    def is_empty(self) -> bool:
        """Tell whether there is no file; empty folders do not count."""
        return next(self._files(self.root), None) is None

    def staging(self) -> Path:
        """A folder on the same disk, from which files only need to be moved."""
        staged = self.root / STAGED
        if staged.exists():  # of a restore that was killed
            shutil.rmtree(staged)
        staged.mkdir(parents=True)
        return staged

    def take(self, staged: Path) -> None:
        """Move everything to its place."""
        for path in sorted(staged.iterdir()):
            target = self.root / path.name
            if target.is_dir():  # it holds no file
                shutil.rmtree(target)
            path.rename(target)
        staged.rmdir()

    def _files(self, root: Path) -> Iterator[Path]:
        for folder, folders, names in os.walk(root):
            if Path(folder) == self.root:
                folders[:] = [name for name in folders if name not in (HELD, STAGED)]
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(root)


def places() -> list[Place]:
    """Both places of the site: the public pictures, and what is private."""
    return [_place("media", storages["default"]), _place("private", storages["private"])]


def label_of(storage: Any) -> str:
    """In which of the two a field keeps its files."""
    return "private" if storage is storages["private"] else "media"


def _place(label: str, storage: Any) -> Place:
    return Folder(label, storage) if isinstance(storage, FileSystemStorage) else Place(label, storage)

"""Encryption with age (https://age-encryption.org): to a public key while writing, with the private one to read."""

import hashlib
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

from config.backup.programs import end_of, pieces, started
from config.refusal import Refusal

RECIPIENT = re.compile(r"age1[a-z0-9]{20,}")


def recipients_in(text: str) -> list[str]:
    """The public keys in a list with commas; raises Refusal, which never repeats what might be a private key."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise Refusal("For whom is the backup encrypted? Set BACKUP_RECIPIENT to a public key (age1…).")
    if not all(map(RECIPIENT.fullmatch, found)):
        raise Refusal("BACKUP_RECIPIENT is no public key of age: it begins with age1. Never put the private one here.")
    return found


class Encrypting:
    """A new file into which everything is written encrypted; it knows the size and checksum of what went there."""

    def __init__(self, path: Path, recipients: Sequence[str]) -> None:
        self.path, self.size, self._digest = path, 0, hashlib.sha256()
        self._trouble: OSError | None = None
        options = [part for recipient in recipients for part in ("--recipient", recipient)]
        self._age = started("age", "--encrypt", *options, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: Any, *more: Any) -> None:
        if kind is not None:
            self._age.kill()
        self._close(is_whole=kind is None)

    @property
    def checksum(self) -> str:
        """The SHA-256 of the encrypted file, as it was written."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Encrypt the next part."""
        try:
            self._age.stdin.write(data)
        except BrokenPipeError:
            self._close(is_whole=True)
            raise

    def _keep(self) -> None:
        try:
            with self.path.open("xb") as file:
                for data in pieces(self._age.stdout):
                    file.write(data)
                    self._digest.update(data)
                    self.size += len(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self._trouble = error
            self._age.kill()

    def _close(self, *, is_whole: bool) -> None:
        if not self._age.stdin.closed:
            try:
                self._age.stdin.close()
            except BrokenPipeError:
                is_whole = is_whole and self._trouble is None
        self._keeper.join()
        said = end_of(self._age)
        if self._trouble:
            raise self._trouble
        if is_whole and self._age.returncode:
            raise Refusal(f"age does not encrypt: {said}.")


@contextmanager
def decrypted(path: Path, identity: Path) -> Iterator[IO[bytes]]:
    """What is in an encrypted file; raises Refusal where the key does not fit or the file is damaged.

    Whether the end of the file is there is only known once all was read, which is done here.
    """
    age = started("age", "--decrypt", "--identity", str(identity), str(path), stdout=subprocess.PIPE)
    try:
        yield age.stdout
        for _rest in pieces(age.stdout):
            pass
    except BaseException:
        age.kill()
        said = end_of(age)
        if age.returncode > 0:  # it had said so before it was ended
            raise _refusal(path, said) from None
        raise
    said = end_of(age)
    if age.returncode:
        raise _refusal(path, said)


def _refusal(path: Path, said: str) -> Refusal:
    if "no identity matched" in said:
        return Refusal(f"This key does not open {path.name}: the set was encrypted for another one.")
    return Refusal(f"{path} cannot be decrypted: {said}.")

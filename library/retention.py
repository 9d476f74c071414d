"""How long the library keeps drafts, and the files that nothing uses any more."""

from typing import Any

from home.private_files.storage import delete_files
from home.retention import Rule, before
from library.keeping import tidying


def _forget_contents(keys: list[Any]) -> int:
    return sum(tidying.delete_if_unused(pk, before(tidying.GRACE)) for pk in keys)


# Drafts first, which then no longer use their contents; then the rows of contents, then files.
RULES = (
    Rule("library.Draft", "drafts", tidying.DRAFTS_KEPT_FOR, tidying.expired_drafts),
    Rule(
        "library.StoredFile",
        "contents that nothing uses",
        tidying.GRACE,
        lambda: tidying.unused_files(before(tidying.GRACE)),
        _forget_contents,
        at_once=10,
    ),
    Rule(
        "private files",
        "files of the library that no row knows",
        tidying.GRACE,
        lambda: tidying.orphans(before(tidying.GRACE)),
        delete_files,
    ),
)

"""Pictures of the first pages of a file; runs in the child process only."""

import json
import subprocess
from pathlib import Path
from typing import Any

from library.examination import bounds
from library.examination.fault import Unreadable
from library.examination.text import opened

# No RTF: with INCLUDEPICTURE, which can be written in countless ways, LibreOffice pictures any file of this machine.
OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
QUALITY = 72  # of WebP, in percent
PRINTED = json.dumps({"PageRange": {"type": "string", "value": f"1-{bounds.PICTURES}"}})
KINDS = {".xlsx": "calc", ".ods": "calc", ".pptx": "impress", ".odp": "impress"}

SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
CHOICES = {
    "BlockUntrustedRefererLinks": "true",  # no picture of another file of this machine
    "DisableMacrosExecution": "true",
    "DisableActiveContent": "true",
    "MacroSecurityLevel": "3",
}
CAREFUL = "".join(
    [
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">',
        *(
            f'<item oor:path="{SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
            for name, value in CHOICES.items()
        ),
        "</oor:items>",
    ]
)


def draw(path: Path, suffix: str, soffice: str) -> dict[str, Any]:
    """Put ``1.webp``, ``2.webp``... next to the file, and say how many; office files need LibreOffice for it."""
    if suffix in OFFICE and soffice:
        path = _printed(path, suffix, soffice)
    elif suffix != ".pdf":
        return {"pictures": 0}
    with opened(path) as document:
        count = min(len(document), bounds.PICTURES)
        for number in range(count):
            _draw_page(document[number], path.parent / f"{number + 1}.webp")
    return {"pictures": count}


def _draw_page(page: Any, path: Path) -> None:
    width, height = page.get_size()
    scale = min(bounds.PICTURE_WIDTH / max(width, 1), bounds.PICTURE_HEIGHT / max(height, 1))
    page.render(scale=scale).to_pil().convert("RGB").save(path, "WEBP", quality=QUALITY, method=2)


def _printed(path: Path, suffix: str, soffice: str) -> Path:
    """The first pages as PDF, by a LibreOffice that knows nobody, runs no macro and follows no link."""
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(CAREFUL)
    subprocess.run(  # noqa: S603  # the program is a setting, the file's name is ours
        [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", f"pdf:{KINDS.get(suffix, 'writer')}_pdf_Export:{PRINTED}"),
            *("--outdir", str(path.parent)),
            str(path),
        ],
        env={"HOME": str(path.parent), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=bounds.SECONDS_FOR_PICTURES - 1,
        check=False,
    )
    printed = path.with_suffix(".pdf")
    if not printed.exists():
        raise Unreadable("failed")
    return printed

"""Giving by the front door: what a browser sends."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from library.models import Draft
from tests.factories.forms import form_data
from tests.factories.library import PDF, ToolTypeFactory


def file(name: str = "note-de-frais.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hand_in(client: Client, *files: SimpleUploadedFile, **fields: Any) -> Any:
    return client.post(reverse("library:upload"), {"file": list(files) or [file()], **fields})


def shown(client: Client) -> dict[str, Any]:
    """The form of one's drafts, as a browser would send it."""
    data = form_data(client, reverse("library:upload"))
    return {name: value for name, value in data.items() if name != "action"}


def share(client: Client, data: dict[str, Any], action: str = "share", **changes: Any) -> Any:
    """Send the form of the only draft; changes name its fields without their prefix."""
    key = Draft.objects.get().pk.hex
    return client.post(
        reverse("library:drafts"), data | {f"{key}-{n}": v for n, v in changes.items()} | {"action": action}
    )


def enough(**changes: Any) -> dict[str, Any]:
    return {"title": "Note de frais", "type": ToolTypeFactory().pk, "summary": "Pour se faire rembourser."} | changes

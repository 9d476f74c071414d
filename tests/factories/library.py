"""Tools with real, tiny files."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from library.actions import add_version, store_file
from library.enums import SharingLevel, TextState
from library.files import CONTENT_TYPES
from library.models import FilePage, StoredFile, Theme, Tool, ToolType, ToolVersion
from news.models import WorkingGroup
from tests.factories.people import EmployerFactory

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class ToolTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ToolType

    slug = factory.Sequence(lambda n: f"type-{n}")
    name_fr = factory.LazyAttribute(lambda made: f"Genre {made.slug}")
    name_nl = factory.LazyAttribute(lambda made: f"Soort {made.slug}")


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"thema-{n}")
    name_fr = factory.LazyAttribute(lambda made: f"Thème {made.slug}")
    name_nl = factory.LazyAttribute(lambda made: f"Thema {made.slug}")


class ToolFactory(factory.django.DjangoModelFactory):
    """A tool for the whole alliance; ``with_file`` gives it a first version."""

    class Meta:
        model = Tool
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"outil-{n}")
    title = factory.LazyAttribute(lambda made: f"Titre {made.slug}")
    summary = "À quoi il sert."
    language = "fr"
    type = factory.SubFactory(ToolTypeFactory)
    association = factory.SubFactory(EmployerFactory)
    sharing = SharingLevel.ALLIANCE
    updated_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def groups(self: Tool, create: bool, groups: list[WorkingGroup] | None, **kwargs: Any) -> None:
        if groups:
            self.groups.set(groups)
            self.save()


def with_file(tool: Tool, name: str = "modèle.pdf", content: bytes = PDF, **fields: Any) -> ToolVersion:
    """Give a tool a version."""
    return add_version(tool=tool, stored_file=store_file(ContentFile(content, name=name)), file_name=name, **fields)


def with_text(tool: Tool, *pages: str, name: str = "texte.pdf") -> ToolVersion:
    """Give a tool a version that says this, as if it had been read."""
    version = with_file(tool, name, PDF + "\f".join(pages).encode())
    FilePage.objects.bulk_create(
        (FilePage(stored_file=version.stored_file, number=number, text=text) for number, text in enumerate(pages, 1)),
        ignore_conflicts=True,
    )
    StoredFile.objects.filter(pk=version.stored_file_id).update(text_state=TextState.READ, page_count=len(pages))
    return version


def office(suffix: str, part: str, extra: dict[str, str] | None = None, content_type: str = "") -> bytes:
    """The smallest file that an office program would call its own."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Override ContentType="{content_type or CONTENT_TYPES[suffix]}.main+xml"/>'
        )
        archive.writestr(part, "<xml/>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def open_document(suffix: str, extra: dict[str, str] | None = None) -> bytes:
    """The smallest OpenDocument file."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", CONTENT_TYPES[suffix])
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return made.getvalue()

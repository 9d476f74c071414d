"""Files that no honest program writes, or that something went wrong with: made here, none is kept."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
from django.conf import settings

from library.examination.recognition import COMPOUND, MEDIA_TYPES

SEED = Path(settings.BASE_DIR) / "library" / "seed" / "files"
SCHEMAS = "http://schemas.openxmlformats.org"
WORDS = f"<w:document xmlns:w='{SCHEMAS}/wordprocessingml/2006/main'><w:body>{{}}</w:body></w:document>"
TYPES = (
    f"<Types xmlns='{SCHEMAS}/package/2006/content-types'>"
    "<Override PartName='/word/document.xml' ContentType='{}'/></Types>"
)
RELS = (
    f"<Relationships xmlns='{SCHEMAS}/package/2006/relationships'><Relationship Id='r1' Target='word/document.xml'"
    f" Type='{SCHEMAS}/officeDocument/2006/relationships/officeDocument'/></Relationships>"
)
LAUGHS = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


def docx(body: str = "", parts: dict[str, str | bytes] | None = None, kind: str = "") -> bytes:
    """A Word document around some markup, with more parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(kind or MEDIA_TYPES[".docx"] + ".main+xml"))
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", body if body.startswith("<?xml") else WORDS.format(body))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    made = BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _number in range(pages):
            document.new_page(200, 200).close()
        document.save(made)
    return made.getvalue()


def looping_pdf() -> bytes:
    """A PDF whose tree of pages is its own child, and whose objects name each other."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9999999>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"4 0 obj 5 0 R endobj\n5 0 obj 4 0 R endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"
    )


def zip_bomb() -> bytes:
    """A small document that unpacks to a gigabyte."""
    return docx(paragraph("a"), {f"word/media/{number}.bmp": b"\0" * 2**27 for number in range(4)})


def lying_bomb() -> bytes:
    """A document whose main part says that it is small, and is not."""
    content = docx(paragraph("a" * 2**28))
    return content.replace(
        (2**28 + len(WORDS.format(paragraph("")))).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    )


def locked_archive() -> bytes:
    """A document whose parts say that they are encrypted."""
    content = bytearray(docx(paragraph("secret")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + offset] |= 1
    return bytes(content)


def huge_page() -> bytes:
    """A PDF of one page of a hundred kilometres with a picture of a gigapixel that is not there."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 99999999]/Resources<</XObject<</I 4 0 R>>>>"
        b"/Contents 5 0 R>>endobj\n4 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Filter/FlateDecode/Length 2>>stream\nxx\nendstream endobj\n"
        b"5 0 obj<</Length 20>>stream\n9999 0 0 9999 0 0 cm /I Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def many_parts() -> bytes:
    """A document with more parts than any office program writes."""
    return docx(paragraph("a"), {f"word/p{number}.xml": "" for number in range(12_000)})


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive that is no document."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def odt(content: str, parts: dict[str, str] | None = None) -> bytes:
    """An OpenDocument text."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MEDIA_TYPES[".odt"])
        archive.writestr("content.xml", content)
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return made.getvalue()


def linking_odt(picture: Path) -> bytes:
    """A text that shows a picture which lies on the machine that opens it."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{oasis}:{name}:1.0"' for name in ("office", "text", "manifest"))
    more = f'xmlns:draw="{oasis}:drawing:1.0" xmlns:svg="{oasis}:svg-compatible:1.0"'
    link = f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{picture.as_uri()}" xlink:type="simple"'
    frame = '<draw:frame text:anchor-type="as-char" svg:width="10cm" svg:height="10cm">'
    body = (
        f'<text:p>Bonjour {frame}<draw:image {link} xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )
    content = (
        f'<office:document-content {spaces} {more} office:version="1.3"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    entries = (("/", MEDIA_TYPES[".odt"]), ("content.xml", "text/xml"))
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries
    )
    return odt(content, {"META-INF/manifest.xml": f"<manifest:manifest {spaces}>{listed}</manifest:manifest>"})


def truncated(name: str) -> bytes:
    content = (SEED / name).read_bytes()
    return content[: len(content) * 2 // 3]


# What ends as "no text could be read, the file is kept", and why.
UNREADABLE = {
    "zip bomb.docx": (zip_bomb, "bomb"),
    "billion laughs.docx": (lambda: docx(LAUGHS + WORDS.format(paragraph("&a11;"))), "hostile"),
    "locked.docx": (locked_archive, "encrypted"),
    "locked.odt": (lambda: odt("x", {"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
    "old locked.docx": (lambda: COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "locked.pdf": (locked_pdf, "encrypted"),
    "macros.docx": (lambda: docx(paragraph("text"), {"word/vbaProject.bin": b"x"}), "macros"),
    "macro type.docx": (
        lambda: docx(paragraph("text"), kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "macros.odt": (lambda: odt("x", {"Basic/Standard/a.xml": "x"}), "macros"),
    "path.docx": (lambda: docx(paragraph("text"), {"../../../../tmp/otonom-was-here": "x"}), "hostile"),
    "many parts.docx": (many_parts, "bomb"),
    "truncated.docx": (lambda: truncated("reglement-de-travail-csd.docx"), "damaged"),
    "truncated.xlsx": (lambda: truncated("registre-rgpd.xlsx"), "damaged"),
    "truncated.odt": (lambda: truncated("modele-proces-verbal.odt"), "damaged"),
    "picture.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "mislabelled"),
    "program.txt": (lambda: b"MZ\x90\0\x03" + bytes(64), "mislabelled"),
    "archive.docx": (lambda: zipped({"a.txt": "text"}), "damaged"),
    "text.docx": (lambda: b"only words", "mislabelled"),
}

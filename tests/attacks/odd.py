"""Values that nobody types, and forms and queries that hold some of them."""

from typing import Any

from hypothesis import strategies as st

from tests.attacks.surface import Form, urlencoded

TAG = "<odd-tag"
EVIL_HEADER = "X-Evil"
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x01\x1b\x7f\x85",
    "\ud800",  # half a character
    "\udcff\udc80",
    "é" * 300,
    "a" * 70_000,
    "\u202eabc\u202c\u200f\u2066",  # written from right to left
    "\ufeff\u200b\u00a0\u2028",
    "\U0010ffff\U0001f469\u200d\U0001f692",
    "e" + "\u0301" * 500,
    f"\"'>{TAG}>",
    f"{TAG} onload=a()>",
    '{"a": [1, null], "__proto__": {}}',
    "[" * 2_000,
    f"x\r\n{EVIL_HEADER}: 1",
    "x\r\nBcc: evil@example.org\r\n\r\nbody",
    "a@example.org\nBcc: evil@example.org",
    "../../../etc/passwd",
    "..\\..\\manage.py",
    "//evil.example/",
    "https://evil.example/",
    "javascript:a()",
    "%s%n%(a)s%d",
    "{0.__class__} {{7777*7}} {% debug %}",
    "%",
    "%zz%00",
    "' OR 1=1; --",
    "a' & | ! <-> :* \\",
    "\\",
    "*(?:[",
)
NUMBERS = (
    "0",
    "-1",
    "1.5",
    "1e400",
    "nan",
    "inf",
    "2147483648",
    "9223372036854775808",
    "9" * 30,
    "9" * 5_000,  # more digits than Python makes a number of
    "٣",
    "²",
    "１",
    "0x1",
    "1_0",
    "+1",
    " 1 ",
    "None",
    "true",
    "00000000-0000-0000-0000-000000000000",
)
DATES = (
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "0000-00-00",
    "2026-02-30",
    "31/02/2026",
    "-1-1-1",
    "2026-03-29T02:30",
    "2026-W01",
    "٢٠٢٦-٠١-٠١",
)
# What is tried in every place, whatever is drawn: not text for the database, not a number for Python, not for a page.
WORST = (f"a\0\ud800{TAG}>", "9" * 5_000, "²")
FILE_NAMES = (
    "a.pdf",
    "",
    ".",
    "..",
    "../../etc/passwd",
    "a\0.pdf",
    f"a.pdf\r\n{EVIL_HEADER}: 1",
    f"{TAG}>.pdf",
    "\u202efdp.exe",
    "\ud800.pdf",
    "é" * 300 + ".pdf",
    "a." + "b" * 300,
    "CON",
    "%s%00.pdf",
    '"; filename=b.exe',
)
CONTENTS = (b"", b"%PDF-1.4", b"\0\xff\xfe", b"PK\x03\x04", b"nom;e-mail\r\n\0;\xff\r\n", b"\xff\xfea\0")
BY_A_SCRIPT = ("{", "null")  # what the editor of the CMS keeps of a text, which Wagtail reads with trust
BOUNDARY = "odd"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"

values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(NUMBERS),
    st.sampled_from(DATES),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]), min_size=1, max_size=5),
    st.integers().map(str),
)
# What stands in place of a value: nothing, another, several.
several = st.lists(values, min_size=0, max_size=3)
Pairs = list[tuple[str, str]]


def queries(names: list[str]) -> st.SearchStrategy[Pairs]:
    """Some of these parameters, each once or more, with odd values."""
    asked = st.dictionaries(st.sampled_from(names), st.one_of(values.map(lambda one: [one]), several), min_size=1)
    return asked.map(lambda chosen: [(name, value) for name, found in chosen.items() for value in found])


@st.composite
def bodies(draw: Any, form: Form) -> tuple[bytes, str]:
    """What is sent for a form, and its type: all fields right but for one or some."""
    fields = draw(with_some_odd(filled(form)))
    files = [(name, *draw(odd_files)) for name in form.files if draw(st.booleans())]
    if not files and draw(st.integers(0, 3)):
        return urlencoded(fields), URLENCODED
    body = multipart(fields, files)
    broken = draw(st.integers(0, 7))
    if broken == 7:
        return body[: draw(st.integers(0, len(body)))], MULTIPART
    return body, {5: "multipart/form-data", 6: f"{MULTIPART}\x85é"}.get(broken, MULTIPART)


odd_files = st.tuples(st.sampled_from(FILE_NAMES), st.one_of(st.sampled_from(CONTENTS), st.binary(max_size=50)))


def filled(form: Form) -> Pairs:
    """A form as somebody would send it who left nothing empty that one types into."""
    right = {"email": "ana@example.org", "login": "ana@example.org"}
    return [(name, value or (right.get(name, "Bonjour") if name in form.typed else "")) for name, value in form.fields]


def with_some_odd(fields: Pairs) -> st.SearchStrategy[Pairs]:
    """The same fields, of which one or some hold something odd, several things, or are left out."""
    names = sorted({name for name, value in fields if not value.startswith(BY_A_SCRIPT)})
    if not names:
        return st.lists(st.tuples(st.just("odd"), values), max_size=1)
    odd = st.dictionaries(
        st.sampled_from(names), st.one_of(values.map(lambda one: [one]), several), min_size=1, max_size=3
    )
    return odd.map(
        lambda chosen: (
            [(name, value) for name, value in fields if name not in chosen]
            + [(name, value) for name, found in chosen.items() for value in found]
        )
    )


def multipart(fields: Pairs, files: list[tuple[str, str, bytes]]) -> bytes:
    """A form as bytes, nothing in it made harmless; a browser would quote names."""
    start, said = f"--{BOUNDARY}\r\n".encode(), 'Content-Disposition: form-data; name="'
    parts = [f'{said}{name}"\r\n\r\n{value}'.encode("utf-8", "surrogatepass") for name, value in fields]
    for name, file_name, content in files:
        head = f'{said}{name}"; filename="{file_name}"\r\nContent-Type: application/pdf\r\n\r\n'
        parts.append(head.encode("utf-8", "surrogatepass") + content)
    return b"".join(start + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()

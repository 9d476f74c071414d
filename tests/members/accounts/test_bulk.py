"""Inviting a whole list: what is wrong is said line by line, before anything is sent, and nothing typed is lost."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.accounts import bulk
from members.models import AuditEntry, Invitation, User
from tests.factories.people import EmployerFactory, InvitationFactory, UserFactory
from tests.reading import errors, main_text, soup

pytestmark = pytest.mark.django_db
GOOD = ["anne@example.org;fr", "bram@example.org;nl", "chloé@example.org;français"]


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def signed_in(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


def lines(text: str, by: User) -> list[tuple[str, str, bool]]:
    found = bulk.read(text, default_language="fr", by=by)
    return [(line.email, line.language, bool(line.error)) for line in found]


def post(client: Client, by: User, text: str = "", *, send: bool = False, content: bytes | None = None) -> object:
    data = {"association": by.association_id, "lines": text} | ({"send": "1"} if send else {})
    if content is not None:
        data["file"] = SimpleUploadedFile("collegues.csv", content)
    return client.post(reverse("members:invite_many"), data)


@pytest.mark.parametrize(
    "text",
    [
        "anne@example.org;fr\nbram@example.org;nl",
        "anne@example.org,fr\r\nbram@example.org,nl\r\n",
        "anne@example.org\tfr\rbram@example.org\tnl",
        '\ufeffE-mail;Langue\n"anne@example.org";"Français"\n\n"Bram@Example.org";"Nederlands"\n',
        "Taal;E-mailadres\nfr;anne@example.org\nnl;bram@example.org",
        "courriel;langue;;\nanne@example.org;FR;;\nbram@example.org;NL;;\n;;;",
    ],
)
def test_lists_are_read_as_people_have_them(delegate: User, text: str) -> None:
    assert lines(text, delegate) == [("anne@example.org", "fr", False), ("bram@example.org", "nl", False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_files_are_read_in_the_encodings_of_spreadsheet_programs(delegate: User, encoding: str) -> None:
    text = bulk.decode("e-mail;langue\nanne@example.org;français\n".encode(encoding))

    assert lines(text, delegate) == [("anne@example.org", "fr", False)]


@pytest.mark.parametrize("content", [b"\x00\x01\x02PK", b"a\x81\x8d\x00"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        bulk.decode(content)
    assert refused.value.code == "no_text"


def test_a_list_of_addresses_alone_takes_the_language_of_the_page(delegate: User) -> None:
    assert lines("anne@example.org", delegate) == [("anne@example.org", "fr", False)]


def test_a_quotation_mark_that_is_never_closed_spoils_only_its_line(delegate: User) -> None:
    found = lines('"anne@example.org;fr\nbram@example.org;nl', delegate)

    assert [is_wrong for _email, _language, is_wrong in found] == [True, False]


def test_each_line_says_what_is_wrong_with_it(delegate: User) -> None:
    colleague = UserFactory(association=delegate.association)
    invited = InvitationFactory(association=delegate.association, invited_by=delegate)
    text = (
        f"anne@\nbram@example.org;de\nc@example.org;fr\nC@example.org;nl\n{colleague.email.upper()}\n{invited.email}"
    )

    said = [line.error for line in bulk.read(text, default_language="fr", by=delegate)]

    assert said[2] == ""
    assert len(set(said)) == 6
    assert "de" in said[1]
    assert "3" in said[3]
    assert str(colleague) in said[4]


def test_the_preview_tells_no_more_of_hidden_people_than_a_single_invitation(delegate: User) -> None:
    hidden = UserFactory(is_in_directory=False, first_name="Zénobie")
    elsewhere = InvitationFactory()
    found = bulk.read(f"{hidden.email}\n{elsewhere.email}", default_language="fr", by=delegate)

    assert found[0].error == found[1].error
    assert "Zénobie" not in found[0].error


def test_nothing_is_sent_before_one_says_so(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = post(signed_in, delegate, "\n".join([*GOOD[:2], "pas une adresse"]))

    assert page.status_code == 200
    assert not Invitation.objects.exists()
    assert mail.outbox == []
    assert [one["data-line"] for one in soup(page).select("[data-line]")] == ["3"]
    assert "pas une adresse" in soup(page).select_one("textarea").get_text()


def test_good_lines_are_sent_and_bad_ones_stay_to_be_mended(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = post(signed_in, delegate, f"{GOOD[0]}\nmauvais@\n{GOOD[1]}\nd@example.org;xx", send=True)

    assert {letter.to[0] for letter in mail.outbox} == {"anne@example.org", "bram@example.org"}
    assert set(Invitation.objects.values_list("email", "language")) == {
        ("anne@example.org", "fr"),
        ("bram@example.org", "nl"),
    }
    assert soup(page).select_one("textarea").get_text().split() == ["mauvais@", "d@example.org;xx"]
    assert [code.get_text() for code in soup(page).select("[data-line] code")] == ["mauvais@", "d@example.org;xx"]
    assert AuditEntry.objects.filter(action="invited", by=delegate).count() == 2
    assert "anne@example.org" not in soup(page).select_one("textarea").get_text()


def test_lines_to_mend_keep_their_head(
    signed_in: Client, delegate: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = post(signed_in, delegate, "Langue;E-mail\nfr;anne@example.org\nnl;mauvais@\n;;", send=True)

    box = soup(page).select_one("textarea").get_text()
    assert box.split() == ["Langue;E-mail", "nl;mauvais@"]
    assert [line.text for line in bulk.read(box, default_language="fr", by=delegate)] == ["nl;mauvais@"]


@pytest.mark.parametrize(
    "line", ["pas une adresse", "mail.csd.be;fr", "maillard(at)csd;fr", "adres;nl", "maillard.csd.be"]
)
def test_a_first_line_that_is_wrong_is_no_head(delegate: User, line: str) -> None:
    assert [is_wrong for *_found, is_wrong in lines(f"{line}\nanne@example.org;fr", delegate)] == [True, False]


@pytest.mark.parametrize(
    "head",
    ["Votre e-mail", "Zakelijk e-mailadres", "Work email", "E mail", "E‑mail", "(e-mail)", "L'adresse", "Courriel"],
)
def test_the_column_of_addresses_has_many_names(delegate: User, head: str) -> None:
    assert lines(f"Taal;{head}\nnl;bram@example.org", delegate) == [("bram@example.org", "nl", False)]


def test_a_file_moves_into_the_box(signed_in: Client, delegate: User) -> None:
    page = post(signed_in, delegate, GOOD[1], content="\ufeffe-mail;langue\r\nanne@example.org;fr\r\n".encode())

    box = soup(page).select_one("textarea").get_text()
    assert "bram@example.org;nl" in box
    assert "anne@example.org;fr" in box
    assert soup(page).select_one("button[name=send]")


def test_a_whole_list_that_is_good_leads_back_to_the_invitations(signed_in: Client, delegate: User) -> None:
    response = post(signed_in, delegate, "\n".join(GOOD[:2]), send=True)

    assert response["Location"] == reverse("members:invitations")


@pytest.mark.parametrize("text", ["", "  \n ;; \n", "\n".join(f"p{number}@example.org" for number in range(101))])
def test_an_empty_or_endless_list_is_refused_next_to_the_box(signed_in: Client, delegate: User, text: str) -> None:
    page = post(signed_in, delegate, text, send=True)

    assert page.status_code == 422
    assert "lines" in errors(page)
    assert not Invitation.objects.exists()


def test_a_list_goes_only_into_the_own_association(signed_in: Client, delegate: User) -> None:
    other = EmployerFactory()
    data = {"association": other.pk, "lines": GOOD[0], "send": "1"}

    page = signed_in.post(reverse("members:invite_many"), data)

    assert page.status_code == 422
    assert not Invitation.objects.exists()


def test_others_do_not_invite(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("members:invite_many")).status_code == 403


def test_many_lists_have_a_limit_and_nothing_is_lost(signed_in: Client, delegate: User, settings: object) -> None:
    settings.INVITATION_LIST_RATE_LIMIT = "1/hour"
    post(signed_in, delegate, GOOD[0], send=True)

    page = post(signed_in, delegate, GOOD[1], send=True)

    assert page.status_code == 422
    assert GOOD[1] in soup(page).select_one("textarea").get_text()
    assert Invitation.objects.count() == 1


def test_a_long_list_costs_no_more_queries_to_check(
    signed_in: Client, delegate: User, count_queries: object, homes: object
) -> None:
    post(signed_in, delegate, "a@example.org")
    short = count_queries(lambda: post(signed_in, delegate, "a@example.org"))
    long = count_queries(lambda: post(signed_in, delegate, "\n".join(f"b{n}@example.org" for n in range(80))))

    assert long == short


def test_what_is_typed_is_text_in_the_page(signed_in: Client, delegate: User) -> None:
    page = post(signed_in, delegate, "<script>alert(1)</script>;fr")

    assert "<script>alert" not in page.content.decode()
    assert "<script>alert(1)</script>" in main_text(page)


def test_a_line_that_never_ends_is_a_mistake_like_another(signed_in: Client, delegate: User) -> None:
    response = post(signed_in, delegate, f"anne@example.org;fr\n{'a' * 140_000}")

    assert response.status_code == 200
    assert lines(f"{'a' * 140_000}", delegate)[0][2]

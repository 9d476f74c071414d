"""A worker gives: drops files, says what they are, sees who will see them, shares them; also without a connection."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.steps import follow, links, sign_in, visit

DROP = """([names, texts]) => {
  const data = new DataTransfer();
  names.forEach((name, place) => data.items.add(new File([texts[place]], name, { type: "text/plain" })));
  for (const kind of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""
TEXT = "Formulaire de {0}\n\nCe formulaire sert à demander {0}. Remplissez-le et donnez-le à la coordination.\n"

GUESSED, WHILE_READ = re.compile("^Formulaire de"), 30_000


@pytest.fixture
def give(_french):
    return reverse("library:upload")


def text_file(tmp_path, subject):
    path = tmp_path / f"formulaire-{subject}.txt"
    path.write_text(TEXT.format(subject) * 3)
    return path


def draft_of(page, name):
    return page.locator(".draft").filter(has=page.locator(f'h3:text-is("{name}")'))


def field(draft, name):
    return draft.locator(f"[name$='-{name}']")


def take_everything_out(page):
    while page.locator("[name=action][value^=remove]").count():
        follow(page.locator("[name=action][value^=remove]").first)


def test_two_files_are_dropped_described_in_a_table_and_shared(page, demo, give):
    sign_in(page, demo, "delegue", give)
    names = ["formulaire-parapluie.txt", "formulaire-chapeau.txt"]
    texts = [TEXT.format("parapluie") * 3, TEXT.format("chapeau") * 3]
    page.evaluate(DROP, [names, texts])
    page.wait_for_selector(".drafts--several")
    assert page.locator("[data-uploads] .upload").count() == 0

    for name in names:
        draft = draft_of(page, name)
        expect(field(draft, "title")).to_have_value(GUESSED, timeout=WHILE_READ)
        assert field(draft, "type").locator("option:checked").inner_text() != "---------"
        field(draft, "summary").fill("Pour celles et ceux qui sortent.")
    last = draft_of(page, names[1])
    before = last.locator(".audience__number").inner_text()
    with page.expect_response(lambda answer: answer.request.headers.get("x-live") == "draft"):
        field(last, "sharing").select_option("association")
    page.wait_for_function(
        "([key, before]) => document.querySelector(`#${key} .audience__number`)?.innerText !== before",
        arg=[last.get_attribute("id"), before],
    )
    follow(page.locator("[name=action][value=share]"))
    page.wait_for_url(re.compile(r"tool=\d+&tool=\d+"))
    assert page.locator(".given__tool").count() == 2
    follow(page.locator(".given__tool a").first)
    assert page.locator("main h1").inner_text().startswith("Formulaire de")
    assert page.locator("main a[download]").count() >= 1


def test_nothing_is_lost_while_there_is_no_connection(page, demo, give, tmp_path):
    sign_in(page, demo, "membre", give)
    page.set_input_files("#id_file", text_file(tmp_path, "gants"))
    page.wait_for_selector(".draft")
    page.context.set_offline(True)
    field(page, "summary").fill("Écrit dans le tunnel.")
    page.set_input_files("#id_file", text_file(tmp_path, "bottes"))
    page.wait_for_selector(".upload--waiting button")
    page.wait_for_timeout(1000)  # the draft tries to save itself, and does not despair
    assert "Écrit dans le tunnel." in page.evaluate("Object.values(sessionStorage).join()")

    page.context.set_offline(False)
    page.wait_for_selector(".drafts--several")
    page.wait_for_function("Object.entries(sessionStorage).every(([, kept]) => kept === '{}')")
    visit(page, give)

    assert page.locator(".draft").count() == 2
    assert field(draft_of(page, "formulaire-gants.txt"), "summary").input_value() == "Écrit dans le tunnel."
    take_everything_out(page)
    assert page.locator(".draft").count() == 0


def test_the_same_file_twice_is_pointed_out(page, demo, give, tmp_path):
    path = text_file(tmp_path, f"moufles {uuid4().hex[:6]}")
    sign_in(page, demo, "coordination", give)
    page.set_input_files("#id_file", path)
    field(page, "summary").fill("Pour avoir chaud.")
    follow(page.locator("[name=action][value=share]"))
    tool = page.locator(".given__tool a").get_attribute("href")

    visit(page, give)
    page.set_input_files("#id_file", path)
    page.wait_for_selector(".draft__alike")

    assert links(page.locator(".draft__alike"), tool).count() == 1
    take_everything_out(page)


def test_an_old_telephone_without_scripts_gives_too(page_without_scripts, demo, give, tmp_path):
    page = page_without_scripts
    sign_in(page, demo, "editeur", give)
    page.set_input_files("#id_file", text_file(tmp_path, "casquette"))
    follow(page.locator("form.hand-in button"))
    field(page, "summary").fill("Pour l'été.")
    field(page, "sharing").and_(page.locator("[value=association]")).check()
    follow(page.locator(".button[name=action][value=check]"))
    assert field(page, "summary").input_value() == "Pour l'été."
    assert page.locator(".audience--association, .audience--association ~ *").count() >= 1
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    take_everything_out(page)

"""A coordinator publishes an article in two languages, with a document; each reader meets it once, in their own."""

import re
import secrets

import pytest
from django.utils.translation import override

from news.blocks import AttachmentBlock
from tests.browser.steps import follow, sign_in, visit
from tests.browser.test_editing import publish, publish_translation, translate

GROUP, GROEP = "/fr/espace/groupes/finances/", "/nl/ruimte/groepen/financien/"


@pytest.fixture
def coordinator(page, demo):
    """The coordinator's browser, where the group's articles are written."""
    sign_in(page, demo, "coordination", GROUP)
    follow(page.locator('main a[href^="/admin/pages/add/"]'))
    return page


def attach_first_document(page):
    """Add a document of the library without a mouse; gives its title."""
    with override("fr"):
        name = str(AttachmentBlock().label)
    page.locator("[data-contentpath=body] .c-sf-add-button").first.press("Enter")
    search = page.locator(".w-combobox input:visible")
    search.fill(name)
    page.get_by_role("option", name=name).wait_for()
    search.press("Enter")
    page.locator("[data-contentpath=body] [data-chooser-action-choose]:visible").first.press("Enter")
    choice = page.locator(".modal [data-chooser-modal-choice]").first
    title = choice.inner_text().strip()
    page.locator(".modal:focus, .modal :focus").first.wait_for(state="attached")  # it takes the focus once it is there
    choice.press("Enter")
    page.locator("[data-contentpath=body] [data-chooser-title]", has_text=title).wait_for()
    return title


def articles(page, path, title):
    """The links with this title in a list."""
    visit(page, path)
    return page.locator(".news-item__title a", has_text=title)


def test_an_article_in_two_languages_with_a_document(coordinator, demo, open_browser):
    mark = secrets.token_hex(3)
    french, dutch = f"Le budget sans peur {mark}", f"Begroten zonder angst {mark}"
    page = coordinator
    assert re.search(r"\d", page.locator(".readership").inner_text()), "its author sees how many people will get it"
    document = attach_first_document(page)  # before there is enough for the CMS to save by itself
    page.fill("[name=title]", french)
    page.fill("[name=summary]", "Trois feuilles de calcul pour commencer.")
    publish(page)
    reader = open_browser()
    sign_in(reader, demo, "delegue", GROUP)
    assert articles(reader, GROUP, french).count() == 1
    assert articles(reader, GROEP, french).count() == 1, "nothing is in Dutch yet"

    follow(page.get_by_role("link", name=french).first)
    edit = re.search(r"/admin/pages/(\d+)/", page.url)
    visit(page, f"/admin/localize/submit/page/{edit[1]}/")
    page.locator("main form [type=submit]").last.click()
    page.get_by_role("button", name="Traduire", exact=True).first.wait_for()
    assert re.search(r"\d", page.locator(".messages").inner_text()), "and again before the translation"
    translate(page, [dutch, "Drie rekenbladen om te beginnen."])
    publish_translation(page)
    assert page.locator(".messages .success").count() == 1

    for path, shown, hidden in ((GROUP, french, dutch), (GROEP, dutch, french)):
        assert articles(reader, path, hidden).count() == 0
        assert articles(reader, path, shown).count() == 1
        follow(articles(reader, path, shown))
        assert reader.locator("main h1").inner_text() == shown
        assert reader.locator("html").get_attribute("lang") == path[1:3]
        attached = reader.locator("main .attachment__title a")
        assert attached.inner_text() == document
    follow(attached)
    assert document in reader.locator("main h1").inner_text()

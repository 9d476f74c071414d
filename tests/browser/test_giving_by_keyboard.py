"""A worker with a keyboard and no scripts: gives a file, changes its words, shares it, takes it away in a ZIP."""

from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.urls import reverse

from tests.browser.steps import has_visible_focus, path_of, sign_in

FARTHEST = 120  # presses of the key; past it, nobody would look for a button
IS_FOCUSED = "element => element === document.activeElement"


@pytest.fixture
def keyboard(page_without_scripts):
    return Keyboard(page_without_scripts)


class Keyboard:
    """Does with keys what a mouse does, and looks at each stop whether one sees where it is."""

    def __init__(self, page):
        self.page = page

    def go_to(self, target):
        """Press Tab until something is reached; it may be a part of the page or a selector."""
        place = (self.page.locator(target) if isinstance(target, str) else target).first
        for _press in range(FARTHEST):
            if place.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
            assert has_visible_focus(self.page), self.page.locator(":focus").evaluate("element => element.outerHTML")
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target, key="Enter"):
        """Go there and press, then wait for the page that comes."""
        self.go_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, target, text):
        """Replace what a field holds."""
        self.go_to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, target, value):
        """Press the arrow in a group of circles until the one with this value is chosen."""
        self.go_to(target)
        for _press in range(5):
            if self.page.locator(":focus").get_attribute("value") == value:
                return
            self.page.keyboard.press("ArrowUp")
        raise AssertionError(f"the arrows do not reach {value}")


def test_a_file_is_given_changed_shared_and_taken(keyboard, demo, tmp_path, _french):
    page, name = keyboard.page, f"consigne-{uuid4().hex[:6]}.txt"
    (tmp_path / name).write_text("Consigne pour fermer le local\n\nLe soir, on ferme les fenêtres.\n" * 3)
    # Chromium hands choosers over only some time after the first listener.
    page.on("filechooser", lambda _chooser: None)
    sign_in(page, demo, "admin", reverse("library:upload"))

    keyboard.go_to("#id_file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(tmp_path / name)
    keyboard.press("form.hand-in button")
    keyboard.write("[name$=-title]", "Fermer le local le soir")
    keyboard.go_to("[name$=-type]")
    page.keyboard.type("Guide")
    keyboard.write("[name$=-summary]", "Pour qui part en dernier.")
    keyboard.choose("[name$=-sharing]:checked", "association")
    keyboard.press(".button[value=check]")
    assert page.locator(".audience--association, .audience--association ~ *").count() >= 1
    keyboard.press("[name=action][value=share]:visible")

    keyboard.press(".given__tool a")
    tool = path_of(page)
    edit, select = reverse("library:edit", args=[tool.split("/")[-2]]), reverse("library:select")
    keyboard.press(f'a[href="{edit}"]')
    keyboard.write("[name=title]", "Fermer le local")
    keyboard.press("[name=action][value=save]")
    assert page.locator("main h1").inner_text() == "Fermer le local"

    keyboard.press(f'form[action="{select}"] [name=add]')
    keyboard.press(f'main a[href="{reverse("library:selection")}"]')
    keyboard.go_to("a[download]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with ZipFile(download.value.path()) as archive:
        assert any(member.endswith(".txt") for member in archive.namelist())
        assert any(member.endswith(".html") for member in archive.namelist())
    keyboard.press("[name=clear]")
    assert page.locator("a[download]").count() == 0

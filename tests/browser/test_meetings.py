"""A member says “I come” to a meeting and finds it in the calendar."""

from urllib.request import urlopen

from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from tests.browser.steps import follow, links, path_of, sign_in, visit
from tests.browser.test_every_page import check

GROUP = "/fr/espace/groupes/informatique-rgpd/"  # open, and the member is not in it: only the answer puts it there


def address(name, *arguments, language="fr"):
    with override(language):
        return reverse(f"news:{name}", args=arguments)


def read(url):
    """What a calendar program gets, which is not signed in."""
    with urlopen(url) as answer:  # noqa: S310  # our own demo
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.read()


def titles(file):
    """The meetings in a calendar file."""
    return {str(event["summary"]) for event in Calendar.from_ical(file).walk("VEVENT")}


def open_meeting(page):
    """From the group to its next meeting; gives the meeting's title."""
    visit(page, GROUP)
    follow(page.locator(".meeting__title a").first)
    return page.locator("h1").inner_text()


def test_who_comes_finds_the_meeting_in_the_calendar(page_without_scripts, demo):
    page = page_without_scripts
    sign_in(page, demo, "membre")
    title = open_meeting(page)
    follow(page.locator('button[name="answer"][value="yes"]'))
    assert page.locator("[data-answer=yes]").is_visible()
    assert "Camille" in page.locator("aside").inner_text()

    with page.expect_download() as expected:
        page.locator("main a[download]").click()
    assert titles(expected.value.path().read_bytes()) == {title}

    follow(links(page, address("calendars")))
    follow(page.locator(f'form[action="{address("renew_calendars")}"] button'))
    own = page.input_value("#own-calendar")
    assert title in titles(read(own))

    visit(page, GROUP)
    follow(page.locator(".meeting__title a").first)
    follow(page.locator('button[name="answer"][value="no"]'))
    assert title not in titles(read(own))

    visit(page, address("calendars"))
    follow(page.locator(f'form[action="{address("end_calendars")}"] button'))
    assert page.request.get(own).status == 404


def test_every_page_can_be_used_by_everybody(page, demo):
    sign_in(page, demo, "coordination")
    open_meeting(page)
    number = path_of(page).rstrip("/").rsplit("/", 1)[-1]
    visit(page, address("calendars"))
    follow(page.locator(f'form[action="{address("renew_calendars")}"] button').first)
    paths = [
        path
        for language in ("fr", "nl")
        for path in (address("meeting", number, language=language), address("calendars", language=language))
    ]
    wrong = {path: check(page, path) for path in paths}
    assert not any(wrong.values()), {path: found for path, found in wrong.items() if found}

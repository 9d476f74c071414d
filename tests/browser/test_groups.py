"""Joining groups: a member joins, comments and finds the meeting in the calendar; one asks, another is invited."""

from urllib.request import urlopen

import pytest
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from tests.browser.steps import follow, links, mailed_link, sign_in, visit
from tests.browser.test_every_page import check

OPEN = {"fr": "informatique-rgpd", "nl": "it-avg"}  # whoever wants to joins; the member is not in it
ON_REQUEST = {"fr": "ressources-humaines", "nl": "personeel"}
CLOSED = {"fr": "finances", "nl": "financien"}


def address(name, *arguments, language="fr"):
    with override(language):
        return reverse(f"news:{name}", args=arguments)


def meetings_in(url):
    """What a calendar program gets, which is not signed in."""
    with urlopen(url) as answer:  # noqa: S310  # our own demo
        return {str(event["summary"]) for event in Calendar.from_ical(answer.read()).walk("VEVENT")}


def press(page, selector):
    follow(page.locator(selector).first)


def own_calendar(page):
    """The private address of one's calendar, made anew."""
    visit(page, address("calendars"))
    press(page, f'form[action="{address("renew_calendars")}"] button')
    return page.input_value("#own-calendar")


def test_a_member_joins_comments_comes_to_a_meeting_and_finds_it_in_the_calendar(page_without_scripts, demo):
    page = page_without_scripts
    group = address("group", OPEN["fr"])
    sign_in(page, demo, "membre")
    calendar = own_calendar(page)
    visit(page, address("groups"))
    follow(links(page, group).first)
    press(page, "[data-standing=open] button")
    assert page.locator("[data-standing=member]").is_visible()

    press(page, ".news-item a")
    page.fill("[name=text]", "Bonjour, je suis du groupe maintenant.")
    press(page, "#comments form:has([name=text]) button")
    assert page.locator("#comments li", has_text="je suis du groupe").is_visible()

    visit(page, group)
    press(page, ".meeting__title a")
    title = page.locator("h1").inner_text()
    press(page, 'button[name="answer"][value="yes"]')
    with page.expect_download() as expected:
        page.locator("main a[download]").click()
    file = Calendar.from_ical(expected.value.path().read_bytes())
    assert [str(event["summary"]) for event in file.walk("VEVENT")] == [title]
    assert title in meetings_in(calendar)

    visit(page, address("leave_group", OPEN["fr"]))
    press(page, f'form[action="{address("leave_group", OPEN["fr"])}"] button')
    assert title not in meetings_in(calendar)
    visit(page, group)
    assert page.locator("[data-standing=open]").is_visible()


def test_a_colleague_asks_to_join_and_a_coordinator_answers(open_browser, demo):
    asks, answers = open_browser(), open_browser()
    sign_in(asks, demo, "admin")
    visit(asks, address("group", ON_REQUEST["fr"]))
    press(asks, "[data-standing=on_request] a")
    asks.fill("[name=message]", "Bonjour à toutes et à tous")
    press(asks, "main form button")
    assert asks.locator("[data-standing=asked]").is_visible()

    people = address("group_people", ON_REQUEST["fr"])
    sign_in(answers, demo, "coordination")
    visit(answers, mailed_link(demo, "coordination@demo.otonom.test", f"{people}"))
    request = answers.locator("#requests .request", has_text="Bonjour à toutes")
    follow(request.locator('[name=answer][value="yes"]'))
    assert answers.locator("tbody", has_text="Alex").is_visible()

    visit(asks, address("group", ON_REQUEST["fr"]))
    assert asks.locator("[data-standing=member]").is_visible()
    visit(asks, address("leave_group", ON_REQUEST["fr"]))
    press(asks, "main form button")


def test_who_is_invited_into_a_closed_group_says_no_from_the_dashboard(open_browser, demo):
    page = open_browser()
    sign_in(page, demo, "membre")
    assert visit(page, address("group", CLOSED["fr"])).status == 404
    visit(page, "/fr/espace/")
    press(page, ".dashboard__part li a[href*='/groupes/']")
    assert page.locator("h1").inner_text() == "Finances"
    press(page, '[name=answer][value="no"]')
    assert visit(page, address("group", CLOSED["fr"])).status == 404

    coordinator = open_browser()
    sign_in(coordinator, demo, "coordination")
    visit(coordinator, address("group_people", CLOSED["fr"]))
    coordinator.fill("[name=who]", "camille membre")
    press(coordinator, f'form[action="{address("invite_to_group", CLOSED["fr"])}"] button')
    visit(page, "/fr/espace/")
    assert page.locator(".dashboard__part li a[href*='/groupes/']").first.is_visible()


@pytest.mark.parametrize("role", ["coordination", "membre"])
def test_every_page_can_be_used_by_everybody(page, demo, role):
    sign_in(page, demo, role)
    names = ["group_people", "join_group", "leave_group"]
    names += ["describe_group"] if role == "coordination" else []
    paths = [
        address(name, group[language], language=language)
        for language in ("fr", "nl")
        for group in (ON_REQUEST, OPEN)
        for name in names
        if group is ON_REQUEST or name != "describe_group"
    ]
    wrong = {path: check(page, path) for path in paths}
    assert not any(wrong.values()), {path: found for path, found in wrong.items() if found}

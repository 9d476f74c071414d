"""A person in need, on an old telephone without JavaScript."""

from tests.browser.steps import links, visit

ORDER = "element => [...document.querySelectorAll('main *')].indexOf(element)"
FONT = "element => parseFloat(getComputedStyle(element).fontSize)"


def test_help_is_in_reach_on_the_first_screen(page_without_scripts):
    page = page_without_scripts
    visit(page, "/")
    assert page.url.endswith(("/fr/", "/nl/"))
    visit(page, "/fr/")
    boxes = [link.bounding_box() for link in links(page, "/fr/trouver/").all() if link.is_visible()]
    on_first_screen = [box for box in boxes if box["y"] + box["height"] <= 640]
    assert on_first_screen
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in on_first_screen)


def test_an_urgent_need_shows_a_number_to_call_before_anything_else(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/")
    links(page.locator("main"), "/fr/trouver/").first.click()
    page.wait_for_url("**/fr/trouver/")
    links(page, "/fr/trouver/violences-conjugales/").click()
    page.wait_for_url("**/violences-conjugales/")
    number = page.locator('main a[href^="tel:"]').first
    association = page.locator('main a[href^="/fr/membres/"]').first
    assert number.evaluate(ORDER) < association.evaluate(ORDER)
    assert number.is_visible()
    assert number.evaluate(FONT) >= 1.5 * page.locator("main p").first.evaluate(FONT)
    for line in page.locator('#helplines ~ * a[href^="tel:"], ul a.phone').all():
        box = line.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_the_first_number_is_on_the_first_screens_of_a_telephone(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/trouver/violences-conjugales/")
    box = page.locator('main a[href^="tel:"]').first.bounding_box()
    assert box["y"] + box["height"] <= 640


def test_no_need_is_without_a_way_on(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/trouver/")
    paths = page.locator('main a[href^="/fr/trouver/"]').evaluate_all(
        "found => found.map(a => a.getAttribute('href'))"
    )
    assert len(paths) > 30
    for path in paths[::6]:
        assert visit(page, path).status == 200
        assert page.locator('main a[href^="tel:"]').count() >= 1
        assert links(page.locator("main"), "/fr/trouver/").count() >= 1


def test_associations_are_narrowed_without_scripts_and_an_empty_list_offers_help(page_without_scripts):
    page = page_without_scripts
    visit(page, "/fr/membres/")
    everyone = page.locator('#list a[href^="/fr/membres/"]').count()
    page.select_option("[name=audience]", "femmes-excision")
    page.select_option("[name=commune]", "ixelles")
    page.locator("form.filters button").click()
    page.wait_for_url("**audience=femmes-excision**")
    assert page.input_value("[name=audience]") == "femmes-excision"
    assert page.input_value("[name=commune]") == "ixelles"
    assert links(page.locator("#list"), "/fr/membres/gams-belgique/").count() == 1
    assert 0 < page.locator('#list a[href^="/fr/membres/"]').count() < everyone
    page.select_option("[name=help]", "addictions")
    page.locator("form.filters button").click()
    page.wait_for_url("**help=addictions**")
    assert page.locator('#list a[href^="/fr/membres/"]:not(.button)').count() == 0
    assert links(page.locator("#list"), "/fr/trouver/").is_visible()
    assert page.context.cookies() == []

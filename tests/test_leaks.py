"""Three leaks of Wagtail's page privacy across languages, which our design does not have.

Reproduced with core view restrictions before this site was designed: the translation of a private page was
listed to everyone, stayed open when its source became private later, and lost the groups that may read it.
"""

from datetime import date

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from home.access import public_pages
from members.models import User
from news.enums import Joining
from news.models import GroupNewsPage, GroupPage, WorkingGroup

pytestmark = [pytest.mark.django_db]


def translate(page: GroupNewsPage, language: str = "nl") -> GroupNewsPage:
    """Submit a page for translation and publish what comes out, as an editor does."""
    source, _ = TranslationSource.update_or_create_from_instance(page)
    target = Locale.objects.get(language_code=language)
    translation = Translation.objects.create(source=source, target_locale=target)
    translation.save_target(publish=False)
    page.get_translation(target).specific.save_revision().publish()
    return page.get_translation(target).specific


def write_article(group: WorkingGroup, title: str = "Chiffres confidentiels") -> GroupNewsPage:
    folder = GroupPage.objects.get(group=group, locale__language_code="fr")
    article = GroupNewsPage(title=title, slug="chiffres", summary=title, date=date(2026, 11, 2))
    folder.add_child(instance=article)
    article.save_revision().publish()
    return article


@pytest.fixture
def closed_group(content: None, db: None) -> WorkingGroup:
    return WorkingGroup.objects.get(slug_fr="finances")


@pytest.fixture
def open_group(content: None, db: None) -> WorkingGroup:
    return WorkingGroup.objects.get(slug_fr="ressources-humaines")


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.otonom.test")


def browser(name: str | None = None) -> Client:
    client = Client()
    if name:
        client.force_login(person(name))
    return client


def test_p1_lists_show_no_translation_of_what_is_private(closed_group: WorkingGroup) -> None:
    article = write_article(closed_group)
    translation = translate(article)

    for page in (article, translation):
        assert not public_pages().filter(pk=page.pk).exists()
        assert not GroupNewsPage.objects.visible_to(person("membre")).filter(pk=page.pk).exists()
    for url in ("/sitemap.xml", "/fr/actualites/flux.xml", "/nl/nieuws/feed.xml"):
        assert "chiffres" not in browser().get(url).content.decode()
    for url in ("/fr/espace/", "/nl/ruimte/", "/fr/espace/groupes/", "/nl/ruimte/groepen/"):
        assert article.title not in browser("membre").get(url).content.decode()


def test_p2_closing_a_group_closes_every_translation_at_once(open_group: WorkingGroup) -> None:
    article = write_article(open_group)
    translation = translate(article)
    outsider = browser("editeur")
    User.objects.filter(email__startswith="editeur@").get().groups.clear()
    assert [outsider.get(page.url).status_code for page in (article, translation)] == [200, 200]

    WorkingGroup.objects.filter(pk=open_group.pk).update(is_open=False, joining=Joining.BY_INVITATION)

    assert [outsider.get(page.url).status_code for page in (article, translation)] == [404, 404]


def test_p3_members_of_a_closed_group_read_the_translation_at_once(closed_group: WorkingGroup) -> None:
    translation = translate(write_article(closed_group))

    assert browser("delegue").get(translation.url).status_code == 200
    assert browser("membre").get(translation.url).status_code == 404
    assert browser().get(translation.url).status_code == 302


def test_a_visitor_cannot_tell_whether_an_article_is_there(closed_group: WorkingGroup) -> None:
    article = write_article(closed_group)

    real, invented = (browser().get(url) for url in (article.url, article.url.replace("chiffres", "invente")))

    assert (real.status_code, invented.status_code) == (302, 302)
    assert [answer["Location"].split("?")[0] for answer in (real, invented)] == ["/fr/compte/login/"] * 2
    assert real["Cache-Control"] == invented["Cache-Control"]


@pytest.mark.ignore_template_errors
def test_the_cms_counts_pages_only_for_those_who_may_see_them_all(content: None, db: None) -> None:
    counts = [
        "w-summary" in browser(name).get("/admin/").content.decode() for name in ("editeur", "coordination", "delegue")
    ]
    assert counts == [True, False, False]

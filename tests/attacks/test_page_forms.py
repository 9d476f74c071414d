"""Whatever somebody types into the form of a page, the CMS answers, and what it takes can be shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import HomePage, StandardPage
from news.models import GroupIndexPage, GroupNewsPage, GroupPage, MemberAreaPage, NewsIndexPage, NewsPage
from tests.attacks.odd import URLENCODED, WORST, values
from tests.attacks.surface import EXAMPLES, forms_of, text_of, undone, urlencoded
from tests.attacks.test_odd_values import check, drawing, sent, with_examples
from tests.factories.forms import errors_of, form_data

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
BY_WAGTAIL = ("go_live_at", "expire_at", "comments-", "next", "comment_")  # dates, and what its scripts write
REQUIRED = ("title", "summary")
TYPED = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock)
EDITED = {
    "HomePage",
    "StandardPage",
    "ContactPage",
    "CharterPage",
    "AssociationIndexPage",
    "NeedIndexPage",
    "NewsIndexPage",
    "NewsPage",
}
Pairs = list[tuple[str, str]]


def in_blocks(block: Any, name: str, value: Any) -> Iterator[tuple[str, str, bool]]:
    """What the scripts of the editor would send of a block: names, values, and whether somebody types them."""
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        children = list(value) if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        yield f"{name}-count", str(len(children)), False
        for place, child in enumerate(children):
            start = f"{name}-{place}"
            kind = [(f"{start}-type", child.block_type)] if isinstance(block, blocks.StreamBlock) else []
            for one in (
                *kind,
                (f"{start}-id", child.id or ""),
                (f"{start}-order", str(place)),
                (f"{start}-deleted", ""),
            ):
                yield *one, False
            yield from in_blocks(child.block, f"{start}-value", child.value)
    elif isinstance(block, blocks.StructBlock):
        for child, inner in block.child_blocks.items():
            yield from in_blocks(inner, f"{name}-{child}", value[child])
    else:
        shown = block.field.widget.format_value(block.field.prepare_value(block.value_for_form(value)))
        for one in shown if isinstance(shown, list) else [shown]:
            yield name, str(one or ""), isinstance(block, TYPED)


class PageForm:
    """The form of a page as a browser would send it, and the fields that one types into."""

    def __init__(self, client: Client, url: str, page: Page) -> None:
        self.client, self.url = client, url
        sent = form_data(client, url)
        [form] = [one for one in forms_of({url: text_of(client.get(url))}) if "title" in one.typed]
        self.typed = [name for name in form.typed if not name.startswith(BY_WAGTAIL)]
        self.fields: Pairs = [
            (name, value)
            for name, given in sent.items()
            for value in (given if isinstance(given, list) else [given or ("Titre" if name in REQUIRED else "")])
        ]
        for field in page._meta.get_fields():
            if isinstance(field, StreamField) and f"{field.name}-count" not in sent:
                for name, value, is_typed in in_blocks(field.stream_block, field.name, getattr(page, field.name)):
                    self.fields.append((name, value))
                    self.typed += [name] if is_typed else []

    def send(self, odd: dict[str, str]) -> Any:
        """Publish it, with these in the place of others."""
        fields = [(name, odd.get(name, value)) for name, value in self.fields]
        return sent(self.client, self.url, urlencoded([*fields, ("action-publish", "1")]), URLENCODED)


def type_oddly(form: PageForm, shown_at: str = "") -> None:
    """Type what nobody types; what is taken must be seen by its readers, there or where the new page stands."""

    @drawing(form.url, EXAMPLES * 3)
    @with_examples([dict.fromkeys(form.typed, worst) for worst in WORST])
    @given(st.dictionaries(st.sampled_from(form.typed), values, min_size=1, max_size=3))
    def answers(odd: dict[str, str]) -> None:
        def publish() -> Any:
            response = form.send(odd)
            if response.status_code == 302:
                shown = form.client.get(shown_at or Page.objects.latest("pk").get_url())
                assert shown.status_code in (200, 301), "it was taken, and cannot be shown"
            return response

        check(undone(form.client, publish))

    answers()


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def new_url(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def of_each_kind() -> list[Page]:
    """One live page of every kind that editors edit, French as its source is."""
    pages = Page.objects.filter(locale__language_code="fr", depth__gt=1).order_by("-depth", "pk").specific()
    found = {type(page): page for page in pages if page._meta.app_label in ("home", "members", "news")}
    return [page for kind, page in found.items() if kind.__name__ in EDITED]


def test_every_page_can_be_previewed_or_offers_no_preview(as_role: dict[str, Client]) -> None:
    client, seen = as_role["administrator"], {}
    for page in Page.objects.filter(depth__gt=1).specific():
        if type(page) not in seen:
            answer = undone(
                client, lambda page=page: client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
            )
            seen[type(page)] = answer.status_code == 200
    assert {kind for kind, is_seen in seen.items() if not is_seen} == {MemberAreaPage, GroupIndexPage, GroupPage}


def test_a_page_sent_as_it_is_is_published(as_role: dict[str, Client]) -> None:
    """So what is refused in the other tests is refused for what was typed."""
    for page in of_each_kind():
        form = PageForm(as_role["editor"], edit_url(page), page)
        response = undone(form.client, lambda form=form: form.send({}))
        assert response.status_code == 302, (page, errors_of(response))


def test_odd_words_in_every_kind_of_page(as_role: dict[str, Client]) -> None:
    tried = of_each_kind()
    for page in tried:
        type_oddly(PageForm(as_role["editor"], edit_url(page), page), page.get_url())
    assert {type(page).__name__ for page in tried} == EDITED


@pytest.mark.parametrize(("model", "above"), [(StandardPage, HomePage), (NewsPage, NewsIndexPage)])
def test_odd_words_in_a_new_page(as_role: dict[str, Client], model: type[Page], above: type[Page]) -> None:
    parent = above.objects.get(locale__language_code="fr")
    type_oddly(PageForm(as_role["editor"], new_url(model, parent), model()))


def test_odd_words_of_a_coordinator(as_role: dict[str, Client], people: dict[str, Any]) -> None:
    """In an article of their group, and in a new one."""
    client = as_role["coordinator"]
    article = GroupNewsPage.objects.filter(owner=people["coordinator"], locale__language_code="fr").earliest("pk")
    folder = GroupPage.objects.get(group=article.group, locale__language_code="fr")
    type_oddly(PageForm(client, edit_url(article), article), article.get_url())
    type_oddly(PageForm(client, new_url(GroupNewsPage, folder), GroupNewsPage()))

"""The tree of pages in the CMS."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_list_of_pages_opens_at_the_root(as_role: dict[str, Client], role: str) -> None:
    root = Page.get_first_root_node()
    response = as_role[role].get(reverse("wagtailadmin_explore", args=[root.pk]))
    assert response.status_code == 200
    assert all(page.title in response.content.decode() for page in root.get_children())

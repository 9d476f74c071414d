"""Keeps translations in step with their source: no translation shows what its source does not.

wagtail-localize translates a page once and then leaves it alone: moving, unpublishing or deleting the source leaves
the translation where it was, live (research/features.md, P12). These handlers follow the source, in the transaction
of the change itself.
"""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move
from wagtail_localize.models import TranslationSource


def connect() -> None:
    """Follow every change of a page."""
    post_save.connect(follow_unpublish, dispatch_uid="follow_unpublish")
    pre_delete.connect(follow_delete, dispatch_uid="follow_delete")
    post_page_move.connect(follow_move, dispatch_uid="follow_move")
    page_published.connect(refuse_without_source, dispatch_uid="refuse_without_source")
    page_published.connect(follow_schedule, dispatch_uid="follow_schedule")


def source_of(page: Page) -> Page:
    """The page from which this one and its translations come: the one submitted for translation, else the oldest."""
    pages = Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True)
    submitted = TranslationSource.objects.filter(object_id=page.translation_key, translations__enabled=True)
    locales = submitted.order_by("created_at").values_list("locale_id", flat=True)
    return pages.filter(locale_id__in=locales[:1]).first() or pages.order_by("pk").first() or page


def is_source(page: Page) -> bool:
    """Tell whether other pages are translations of this one."""
    return source_of(page).pk == page.pk


def is_decided(page: Page) -> bool:
    """Tell whether all that this page says is published, or will be by itself: then it can be translated."""
    if page.live:
        return not page.has_unpublished_changes
    waiting = page.scheduled_revision
    return waiting is not None and waiting.pk == page.latest_revision_id


def is_due(page: Page) -> bool:
    """Tell whether the moment came at which this page goes live, which the next ``publish_scheduled`` does."""
    waiting = page.scheduled_revision
    return waiting is not None and waiting.approved_go_live_at <= timezone.now()


def live_translations(page: Page) -> list[Page]:
    """The published pages that are translations of this one."""
    return [found.specific for found in page.get_translations().live()] if page.pk and is_source(page) else []


def follow_unpublish(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Take the translations offline with their source, inside its own transaction (P12)."""
    if isinstance(instance, Page) and not (created or raw or instance.live):
        _unpublish(live_translations(instance))


def follow_delete(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Take the translations of a page that is deleted offline; they stay as drafts, so that no work is lost."""
    if isinstance(instance, Page) and instance.depth:
        _unpublish(live_translations(instance))


def refuse_without_source(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Take a translation back that somebody published while its source is not live, nor about to be."""
    source = source_of(instance)
    if instance.live and source.pk != instance.pk and not source.live and not is_due(source):
        _unpublish([instance])


def follow_schedule(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Let the translations that wait for their source go live when it does, also when its day changes."""
    waiting = instance.get_translations() if is_source(instance) else []
    for revision in filter(None, (page.scheduled_revision for page in waiting)):
        if revision.approved_go_live_at != instance.go_live_at:
            page = revision.as_object()
            page.go_live_at = instance.go_live_at
            page.save_revision().publish()


def follow_move(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Move the translations to the translation of the new place; without one they go offline (P12)."""
    for page in instance.get_translations():
        if page.get_parent().translation_key == parent_page_after.translation_key:
            continue
        target = parent_page_after.get_translation_or_none(page.locale)
        if target is None:
            _unpublish([page.specific] if page.live else [])
        else:
            _move(page, target)


def _move(page: Page, target: Page) -> None:
    slug = find_available_slug(target, page.slug)
    is_taken = slug != page.slug
    if is_taken:
        page.slug = slug
        page.save(update_fields=["slug"])
    MovePageAction(page.specific, target, pos="last-child").execute(skip_permission_checks=True)
    if is_taken:
        _keep_slug(Page.objects.get(pk=page.pk))


def _keep_slug(page: Page) -> None:
    """Write the slug into the latest revision too, or the next publication would bring the old one back."""
    is_published = page.live and not page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    draft.slug = page.slug
    revision = draft.save_revision()
    if is_published:  # a draft stays a draft
        revision.publish()


def _unpublish(pages: list[Page]) -> None:
    for page in pages:
        UnpublishPageAction(page).execute(skip_permission_checks=True)

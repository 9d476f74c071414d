"""What editors teach the finder from a search that found nothing."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Revision

from members.models.finder import UnansweredQuery, UnrelatedPhrase
from members.models.need import Need


class Lesson(models.TextChoices):
    """Where words go: into a list of the need, or among what is not for us."""

    FRENCH = "synonyms_fr", _("Search words of a need, in French")
    DUTCH = "synonyms_nl", _("Search words of a need, in Dutch")
    OTHER = "synonyms_other", _("Search words of a need, in another language")
    NOT_FOR_US = "not_for_us", _("Not for us: the finder says so")


@transaction.atomic
def teach(*, query: UnansweredQuery, text: str, lesson: Lesson, need: Need | None, by: Any) -> None:
    """Give the words to the need, or put them among what is not for us; the search leaves the list."""
    if lesson is Lesson.NOT_FOR_US:
        phrase, is_new = UnrelatedPhrase.objects.get_or_create(text=text)
        if is_new:
            log(phrase, "wagtail.create", user=by)
    elif need is not None:
        UnrelatedPhrase.objects.filter(text__iexact=text).delete()
        add_search_words(need=need, field=lesson.value, text=text, by=by)
    query.delete()


@transaction.atomic
def add_search_words(*, need: Need, field: str, text: str, by: Any) -> None:
    """Publish these search words at once, and put them into the draft and the planned version too, if there are any.

    What else an editor has changed in a draft stays a draft.
    """
    live = Need.objects.select_for_update().get(pk=need.pk)
    if not live.has_unpublished_changes:
        _add(live, field, text)
        live.save_revision(user=by, clean=False, log_action=True).publish(user=by)
        return
    draft = live.get_latest_revision_as_object()
    _add(live, field, text)
    Need.objects.filter(pk=live.pk).update(**{field: getattr(live, field)})
    planned = live.revisions.filter(approved_go_live_at__isnull=False)
    for revision in planned:
        version = revision.as_object()
        _add(version, field, text)
        Revision.objects.filter(pk=revision.pk).update(content=version.serializable_data())
    if live.latest_revision not in planned:
        _add(draft, field, text)
        draft.save_revision(user=by, clean=False, log_action=True)


def _add(need: Need, field: str, text: str) -> None:
    words = getattr(need, field)
    if text.casefold() not in map(str.casefold, words):
        setattr(need, field, [*words, text])

"""Translating pages in the CMS: the screens of wagtail-localize, with what an editor must not be able to break.

Only what is published is translated, only below a page that is itself translated, and nothing is published before
every text has its translation (research/features.md, P9, P13 to P15).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation, TranslationLog, TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from home.translation import is_decided, is_source, source_of

# A slug may stay as it is: translated slugs are welcome, not required.
OPTIONAL_PATHS = ("slug",)


class SubmitForm(SubmitTranslationForm):
    """The languages, without the pages below (P13: translating a subtree can corrupt the tree)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["include_subtree"]

    def clean(self) -> dict[str, Any]:
        """Answer the view, which asks."""
        return {**(super().clean() or self.cleaned_data), "include_subtree": False}


class SubmitView(SubmitPageTranslationView):
    """Start the translation of a page into the other language."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Stop where the translation would go wrong, and say why."""
        page = self.get_object()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if reason := why_not(page):
            messages.error(request, reason)
            return redirect("wagtailadmin_pages:edit", page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> SubmitForm:
        """Our form."""
        code = self.request.GET.get("select_locale", "").replace("\0", "")
        chosen = Locale.objects.filter(language_code=code) or Locale.objects.exclude(pk=self.object.locale_id)
        return SubmitForm(self.object, self.request.POST or None, initial={"locales": list(chosen)})

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        """Submit, and show what was refused (P15: the package swallows it)."""
        started = timezone.now()
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                _refuse_unless_made(self.object, form.cleaned_data["locales"], started)
                return response
        except (Page.DoesNotExist, ValidationError):
            _drop_success(self.request)
            for line in problems(self.object, self._error(form)):
                messages.error(self.request, line)
            return redirect("wagtailadmin_pages:edit", self.object.pk)

    def _error(self, form: SubmitForm) -> ValidationError:
        """What the page refused, found by doing it again and taking it back."""
        try:
            with transaction.atomic():
                source, _created = TranslationSource.update_or_create_from_instance(self.object)
                for locale in form.cleaned_data["locales"]:
                    Translation.objects.get_or_create(source=source, target_locale=locale)[0].save_target(
                        publish=False
                    )
        except ValidationError as found:
            return found
        return ValidationError(_("The translation could not be made."))


def _refuse_unless_made(page: Page, locales: Any, started: datetime) -> None:
    """Nothing is logged, since this was asked, for a translation that its page refused."""
    made = TranslationLog.objects.filter(source__object_id=page.translation_key, created_at__gte=started)
    if any(not made.filter(locale=locale).exists() for locale in locales):
        raise ValidationError(_("The translation could not be made."))


def _drop_success(request: HttpRequest) -> None:
    """Forget the message of success that was queued before the failure."""
    list(messages.get_messages(request))


def why_not(page: Page) -> str:
    """Why a page cannot be translated now, in words for the editor; empty where it can."""
    parent = page.get_parent()
    others = Locale.objects.exclude(pk=page.locale_id)
    if page.alias_of_id:
        return _("This page is only a copy of another one. Translate the original.")
    if not is_decided(page):
        return _("Publish this page first: only what is published is translated.")
    if not is_source(page) and page.get_translations().exists():
        return _("This page is itself a translation. Translate the original.")
    if parent.depth > 1 and any(not parent.has_translation(locale) for locale in others):
        return _("Translate the page above first: “%(title)s”.") % {"title": parent.title}
    return ""


class UpdateForm(UpdateTranslationsForm):
    """Without "publish immediately": that would publish untranslated text (P9)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["publish_translations"]

    def clean(self) -> dict[str, Any]:
        """Answer the view, which asks."""
        return {**(super().clean() or self.cleaned_data), "publish_translations": False}


class UpdateView(UpdateTranslationsView):
    """Bring what changed in the source to its translation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only who may edit the source; only what is published (P14: drafts are not picked up)."""
        page = self.get_object().get_source_instance()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if not is_decided(page):
            messages.error(request, _("Publish this page first: only what is published is translated."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> UpdateForm:
        """Our form."""
        return UpdateForm(self.request.POST if self.request.method == "POST" else None)

    def get_default_success_url(self) -> str:
        """The translation, where the work goes on."""
        translation = self.object.translations.filter(enabled=True).first()
        return translation.get_target_instance_edit_url() if translation else super().get_default_success_url()


def publish_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publish a translation from its editor, once it is complete; None where this request is something else."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if request.method != "POST" or request.POST.get("action") != "publish" or translation is None:
        return None
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    missing = untranslated(translation).count()
    if missing:
        messages.error(request, _missing_message(missing))
    elif not (source_of(page).live or is_decided(source_of(page))):
        messages.error(request, _("The original is not published. Publish it first."))
    else:
        _publish(request, translation, page)
    return redirect(request.path)


def _missing_message(missing: int) -> str:
    return ngettext(
        "%(count)d text is not translated yet. Nothing was published.",
        "%(count)d texts are not translated yet. Nothing was published.",
        missing,
    ) % {"count": missing}


def _publish(request: HttpRequest, translation: Translation, page: Page) -> None:
    try:
        check_lengths(translation)
        with transaction.atomic():
            waits_until = _wait_for_source(page)
            translation.save_target(user=request.user, publish=True)
    except ValidationError as error:
        for line in problems(page, error):
            messages.error(request, line)
    else:
        title = translation.get_target_instance().title
        messages.success(request, _done_message(title, waits_until))


def _wait_for_source(page: Page) -> datetime | None:
    """Let a translation go live with its source; gives the moment, where that is still to come."""
    at = source_of(page).go_live_at
    Page.objects.filter(pk=page.pk).update(go_live_at=at)
    return at if at and at > timezone.now() else None


def _done_message(title: str, waits_until: datetime | None) -> str:
    if waits_until is None:
        return _("“%(title)s” is published.") % {"title": title}
    moment = date_format(timezone.localtime(waits_until), "j F Y H:i")
    return _("“%(title)s” will be published with its original: %(moment)s.") % {"title": title, "moment": moment}


def check_lengths(translation: Translation) -> None:
    """Raise ValidationError for a translation that does not fit its field: saving a draft does not check it."""
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    texts = [field for field in page._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
    errors = {
        field.name: ngettext("At most %(limit)d character.", "At most %(limit)d characters.", field.max_length)
        % {"limit": field.max_length}
        for field in texts
        if field.max_length and len(getattr(page, field.attname) or "") > field.max_length
    }
    if errors:
        raise ValidationError(errors)


def untranslated(translation: Translation) -> Any:
    """The texts of the source that have no translation yet."""
    segments = StringSegment.objects.filter(source=translation.source).exclude(context__path__in=OPTIONAL_PATHS)
    return segments.annotate_translation(translation.target_locale).filter(translation__isnull=True)


def problems(page: Page, error: ValidationError) -> list[str]:
    """What was refused, each with the name of its field."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        f"{_field_label(page, name)}: {message}" for name, found in error.message_dict.items() for message in found
    ]


def _field_label(page: Page, name: str) -> str:
    names = {field.name: field for field in page.specific_class._meta.get_fields() if hasattr(field, "verbose_name")}
    return capfirst(names[name].verbose_name) if name in names else _("This page")


@dataclass(frozen=True)
class Row:
    """A page, and what is to be done about its translation."""

    page: Page
    status: str
    target: Page | None = None


def overview(request: HttpRequest) -> HttpResponse:
    """What is not translated, not finished, not published, or older than its source (P14)."""
    if not request.user.is_editor:  # type: ignore[union-attr]  # the CMS asks to sign in
        raise PermissionDenied
    rows = sorted(translation_rows(), key=lambda row: (row.status, row.page.title))
    return render(request, "home/admin/translations.html", {"rows": rows, "page_title": _("Translations")})


def translation_rows() -> list[Row]:
    """One row for each page whose translation asks for work; pages in order of the tree."""
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True).select_related("locale").specific(defer=True)
    families: dict[Any, list[Page]] = {}
    for page in pages.order_by("pk"):
        families.setdefault(page.translation_key, []).append(page)
    translations = {
        (translation.source.object_id, translation.target_locale_id): translation
        for translation in Translation.objects.filter(enabled=True).select_related("source", "target_locale")
    }
    return [row for family in families.values() for row in _family_rows(family, translations)]


def _family_rows(family: list[Page], translations: dict[Any, Translation]) -> list[Row]:
    source = next((page for page in family if (page.translation_key, page.locale_id) not in translations), family[0])
    if len(family) == 1:
        return [Row(source, _("Not translated"))] if source.live else []
    rows = []
    for target in family:
        status = _status(source, target, translations.get((target.translation_key, target.locale_id)))
        if target is not source and status:
            rows.append(Row(source, status, target))
    return rows


def _status(source: Page, target: Page, translation: Translation | None) -> str:
    if translation and _is_outdated(source, translation):
        return _("The original has changed since")
    if translation and untranslated(translation).exists():
        return _("Texts are missing")
    if source.live and not target.live:
        return _("Not published")
    return ""


def _is_outdated(source: Page, translation: Translation) -> bool:
    changed = source.latest_revision_created_at or source.last_published_at
    return bool(changed and changed > translation.source.last_updated_at)

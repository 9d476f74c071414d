"""Refuses a model that may hold personal data and that nobody put into the register."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import models

from config.impersonal_data import IMPERSONAL

# Where people write what they like, or where a machine does; by the type of the column, whatever the field is called.
FREE = {"BinaryField", "FileField", "GenericIPAddressField", "JSONField", "TextField"}
LONG = 100  # characters: what is longer than that is seldom a code
NAMES = re.compile(
    r"(^|_)(e?mail|phone|mobile|ip|user_agent|address|(first|last|full)_name|birth\w*|author|recipient|session_key)($|_)"
)


def personal_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model, without those of its parents, that may hold something about a person."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if _names_people(field) or _is_free(field)]


def _names_people(field: Any) -> bool:
    if field.is_relation:
        return isinstance(field.related_model, type) and issubclass(get_user_model(), field.related_model)
    return isinstance(field, models.EmailField) or bool(NAMES.search(field.name))


def _is_free(field: Any) -> bool:
    if field.is_relation:
        return False
    is_line = type(field) is models.CharField and not field.choices and (field.max_length or LONG + 1) > LONG
    return is_line or field.get_internal_type() in FREE


def faults(kept: set[str], impersonal: list[str]) -> Iterator[str]:
    """What is wrong between the models that there are, and the two lists."""
    there = {model._meta.label: personal_fields(model) for model in apps.get_models(include_auto_created=True)}
    found = {label for label, fields in there.items() if fields}
    for label in sorted(found - kept - set(impersonal)):
        yield f"{label} may hold personal data ({', '.join(there[label])}), and no register says what it is for."
    for label in sorted(set(impersonal) & kept):
        yield f"{label} is both personal and impersonal."
    for label in sorted(set(impersonal) - found):
        yield f"{label} is called impersonal, and nothing in it looks personal."
    for label in sorted(name for name in kept if "." in name and name not in there):
        yield f"{label} is in the register, and is no model."
    for label in sorted({name for name in impersonal if impersonal.count(name) > 1}):
        yield f"{label} is called impersonal twice."


def check_register(**_options: Any) -> list[checks.CheckMessage]:
    """Compare the models with the register, and its rules with what it names."""
    from config.personal_data import REGISTER, RULES  # noqa: PLC0415  # models are loaded now

    places = [kept for activity in REGISTER for kept in activity.kept]
    said = list(faults({one.where for one in places}, [label for labels in IMPERSONAL.values() for label in labels]))
    said += [
        f"{rule.what}: no register names {rule.of}." for rule in RULES if rule.of not in {p.where for p in places}
    ]
    said += [
        f"{one.where}: nobody says for how long it is kept."
        for one in places
        if not (one.rules or one.until or one.lasts)
    ]
    hint = "Say so in site/config/personal_data.py, or in site/config/impersonal_data.py why it is not personal."
    return [checks.Error(fault, hint=hint, id="config.E001") for fault in said]

"""A form of the CMS as a browser would send it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def form_data(client: Client, url: str) -> dict[str, Any]:
    """Every field of the form at this address, with what it shows; templates of rows to add are left out."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    form = max(page.select("main form"), key=lambda found: len(found.select("[name]")))
    data: dict[str, Any] = {}
    for field in form.select("[name]"):
        if "__prefix__" not in field["name"] and field.get("type") != "submit" and field.name != "button":
            _add(data, field)
    return data


def _add(data: dict[str, Any], field: Tag) -> None:
    name = str(field["name"])
    if field.name == "select":
        chosen = [option.get("value", "") for option in field.select("option[selected]")]
        data[name] = chosen if field.has_attr("multiple") else (chosen or [""])[0]
    elif field.get("type") in ("checkbox", "radio"):
        if field.has_attr("checked"):
            data.setdefault(name, []).append(field.get("value", "on"))
    elif field.name == "textarea":
        data[name] = field.text.removeprefix("\n")
    elif field.get("type") != "file":
        data[name] = field.get("value", "")


def errors_of(response: Any) -> dict[str, str]:
    """The messages of a refused form, by the name of the field that they stand next to."""
    page = BeautifulSoup(response.content, "html.parser")
    return {_field_of(message): " ".join(message.text.split()) for message in page.select(".error-message")}


def _field_of(message: Tag) -> str:
    wrapper = message.find_parent(class_="w-field")
    field = wrapper.select_one("[name]") if wrapper else None
    return str(field["name"]) if field else ""

"""Forms whose fields are only known at run time."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from api.pages.forms import Form
from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.dependencies import Versioned

Asked = TypeVar("Asked", bound=BaseModel)


class FilledIn:
    """What a form sent: the name of a field -> its values, in order."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        """Keep the values."""
        self.values = values

    def one(self, name: str) -> str:
        """The value of a field; empty if it was not sent."""
        return (self.values.get(name) or [""])[0].strip()

    def versioned(self) -> Versioned:
        """The version that the form was made with."""
        return Versioned(f'"{self.one("version")}"')

    def form(self, faults: Mapping[str, str] | None = None) -> Form:
        """The form again."""
        return Form({name: own[0] for name, own in self.values.items() if own}, faults or {})


def asked(
    page: Page, shape: type[Asked], filled: FilledIn, subject: str
) -> tuple[Asked | None, Form]:
    """What a form asks for, and the form again with what is wrong beside each field.

    The faults stand in the order in which the fields were sent, which is that of the form.

    Args:
        page: for the language.
        shape: of the API; only its own fields are read, and empty ones count as left out.
        filled: what was sent.
        subject: whose texts name the fields: «people» for «people.email».
    """
    given = {name: filled.one(name) for name in shape.model_fields if filled.one(name)}
    try:
        return shape.model_validate(given), filled.form()
    except ValidationError as error:
        faults = {
            str(own["loc"][0]): page.say(
                "parts.fill_in" if own["type"] == "missing" else "parts.cannot_be_used",
                field=_label(page, f"{subject}.{own['loc'][0]}"),
            )
            for own in error.errors()
            if own["loc"]
        }
        order = {name: n for n, name in enumerate(filled.values)}
        in_order = sorted(faults, key=lambda name: order.get(name, len(order)))
        return None, filled.form({name: faults[name] for name in in_order})


def _label(page: Page, key: str) -> str:
    """What the field is called; its bare name where no form shows it."""
    return page.say(key) if key in CATALOGUE.texts else key.rpartition(".")[2]


async def _filled(request: Request) -> FilledIn:
    form = await request.form()
    values: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            values.setdefault(name, []).append(value)
    return FilledIn(values)


FilledDep = Annotated[FilledIn, Depends(_filled)]

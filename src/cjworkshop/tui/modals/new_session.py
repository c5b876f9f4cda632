"""A new session: client, journey, name, and a template with a preview of its stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cjworkshop.domain.text import clean_line
from cjworkshop.lazy import dataclass
from cjworkshop.tui.modals.dialog import Dialog, field
from cjworkshop.tui.text import safe
from cjworkshop.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from cjworkshop.method.template import Template


@dataclass(frozen=True, slots=True)
class NewSession:
    """What the dialog ends with."""

    name: str
    client: str
    journey: str
    template: Template


class NewSessionDialog(Dialog[NewSession]):
    """Everything may stay empty: the name is made of client and journey, and what is missing is asked in step 1."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "create", "Create", id="new-session.create", tooltip="Create the session as it is filled in.")
    ]

    def __init__(self, templates: Sequence[Template]) -> None:
        super().__init__("New session")
        self._templates = templates

    def content(self) -> Iterable[Widget]:
        """Three lines and the list."""
        yield field("Client", TextLine(id="client"))
        yield field("Journey", TextLine(id="journey", placeholder="in the customer's words: I …"))
        yield field("Name", TextLine(id="name", placeholder="empty: client and journey"))
        yield Static(safe("Stages to begin with"), classes="heading")
        yield OptionList(*(Option(safe(template.title), id=template.name) for template in self._templates))
        yield Static(id="preview")

    def keys(self) -> str:
        """How to go on."""
        return "Tab next field   Enter next / create   Ctrl+N create   Esc cancel"

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Preview the template's stages, with what else it brings and its caveat."""
        template = self._templates[event.option_index]
        stages = " → ".join(stage.get("name", "") for stage in template.stages) or "No stages: you name them."
        besides = f"Besides: {template.extras}." if template.extras else ""
        self.query_one("#preview", Static).update(safe("\n".join(filter(None, (stages, besides, template.caveat)))))

    def on_input_submitted(self) -> None:
        """On to the next field."""
        self.focus_next()

    def on_option_list_option_selected(self) -> None:
        """The last field: create."""
        self.action_create()

    def action_create(self) -> None:
        """End with what is filled in."""
        client, journey, name = (
            clean_line(self.query_one(f"#{field}", Input).value) for field in ("client", "journey", "name")
        )
        chosen = self.query_one(OptionList).highlighted or 0
        name = name or " · ".join(filter(None, (client, journey))) or "New session"
        self.dismiss(NewSession(name, client, journey, self._templates[chosen]))

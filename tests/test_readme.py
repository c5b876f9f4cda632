"""What the README says about keys, commands, steps and formats is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cjworkshop.cli.main import COMMANDS
from cjworkshop.method.steps import STEPS
from cjworkshop.storage.disk import Disk
from cjworkshop.storage.templates import packaged_folder, read_template
from cjworkshop.tui.keys import all_bindings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_key_that_it_names_is_bound() -> None:
    bound = {part for key in all_bindings() for part in key.keys.split(" or ")}
    first_column = [line.split("|")[1] for line in section("Keys").splitlines() if line.startswith("| ")]
    named = set(re.findall(r"`([^`]+)`", " ".join(first_column)))
    assert len(named) > 20
    assert named - bound - {"Shift"} == set()


def test_every_command_that_it_names_exists() -> None:
    named = set(re.findall(r"cjworkshop ([a-z]+)", README))
    assert named - {"makes"} <= set(COMMANDS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_step_is_told_with_its_tables(step: object) -> None:
    titles = [row_type.__table__.title for row_type in step.row_types]  # type: ignore[attr-defined]
    line = next(line for line in section("The seven steps").splitlines() if line.startswith(f"| {step.number} "))  # type: ignore[attr-defined]
    assert all(title.lower() in line.lower() for title in titles)


def test_its_picture_fits_a_page() -> None:
    picture = README.split("```text\n")[1].split("```")[0]
    assert "ASK NOW" in picture
    assert max(map(len, picture.splitlines())) <= 120


def test_the_beginning_of_a_stage_in_the_five_minutes_is_enough_in_their_template() -> None:
    five_minutes = section("Five minutes to the first map")
    template = re.search(r"--template ([a-z-]+)", five_minutes)
    example = re.search(r"\(`(\w+)` is\s+enough\s+for\s+\*([^*]+)\*\)", five_minutes)
    assert template is not None
    assert example is not None
    stages = [
        row["name"]
        for row in read_template(Disk(), packaged_folder() / f"{template[1]}.toml", template[1]).rows("stages")
    ]
    assert [name for name in stages if example[1] in name.casefold()] == [example[2]]

"""The templates that come with the program, the user's own over them, and what strangers put there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cjworkshop.errors import InvalidData, NotFound
from cjworkshop.method.across import About, Block, OwnPrompt
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import begin
from cjworkshop.storage.template_file import LONGEST, MOST, SIZE_LIMIT
from cjworkshop.storage.templates import packaged_folder, templates_for

if TYPE_CHECKING:
    from pathlib import Path

STAGES = {
    "three-stage": ("Awareness", "Consideration", "Decision"),
    "professional-services": (
        "Awareness of a business challenge",
        "Researching issues",
        "Evaluating solutions",
        "Selecting a firm",
    ),
    "five-phase": ("Awareness", "Consideration", "Purchase", "Retention", "Advocacy"),
    "seven-stage": (
        "Brand awareness",
        "Consideration",
        "Purchase",
        "Customer experience",
        "Follow up",
        "Customer loyalty",
        "Brand recommendation",
    ),
    "life-cycle": ("Awareness", "Consideration", "Purchase", "Use", "Upsell", "Loyalty"),
    "outpatient": (
        "Register for VHA",
        "Before visit",
        "Arriving to facility",
        "During appointment",
        "Departing from facility",
        "After visit",
    ),
    "blank": (),
}


BLOCK = "[[agenda]]\nstep = 'report'\nblock = 'x'\nminutes = 30\n"


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def test_the_presets_have_the_stages_of_their_sources_in_the_order_of_the_handbook(sessions: Path) -> None:
    found = templates_for(sessions)
    assert {template.name: tuple(stage["name"] for stage in template.stages) for template in found.templates} == STAGES
    assert [template.name for template in found.templates] == list(STAGES)
    assert not found.damaged
    assert not found.replaced


def test_every_preset_says_what_it_is_and_its_stages_what_the_customer_wants(sessions: Path) -> None:
    for template in templates_for(sessions).templates:
        assert template.title
        assert template.about
        assert template.caveat
        assert template.source or template.name == "blank"
        assert all(
            set(stage) == {"name", "customer_goal", "desired_action", "start", "end"} for stage in template.stages
        )


def test_the_caveat_of_the_seed_is_told(sessions: Path) -> None:
    assert "Selecting a firm, is ours" in templates_for(sessions).named("professional-services").caveat


def test_a_session_begins_from_each(sessions: Path) -> None:
    for template in templates_for(sessions).templates:
        ids = iter(range(1000))
        session = begin(CATALOGUE, template, {"name": "x"}, new_id=lambda ids=ids: f"r{next(ids)}")  # type: ignore[misc]  # bound now
        assert tuple(stage.name for stage in session["stages"]) == STAGES[template.name]  # type: ignore[attr-defined]  # a stage
        assert session["agenda"]


def test_a_template_of_ones_own_stands_in_place_of_the_programs_and_that_is_said(sessions: Path, own: Path) -> None:
    (own / "five-phase.toml").write_text('title = "Ours"\n[[stages]]\nname = "One"\n')
    (own / "Clinic.toml").write_text('title = "Clinic"\n[agendas]\nemployee-workshop = "240 minutes"\n')
    found = templates_for(sessions)
    assert found.replaced == ("five-phase",)
    assert found.named("five-phase").title == "Ours"
    assert found.paths["five-phase"] == own / "five-phase.toml"
    assert found.named("clinic").agendas == {"employee-workshop": "240 minutes"}
    assert [template.name for template in found.templates] == [*STAGES, "clinic"]


def test_the_sources_own_folder_is_not_taken_twice() -> None:
    assert templates_for(packaged_folder().parent / "sessions").replaced == ()


def test_an_unknown_name_is_told_what_there_is(sessions: Path) -> None:
    with pytest.raises(NotFound, match=r"no template 'seven'. There are: three-stage, .*, blank\."):
        templates_for(sessions).named("seven")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "not valid TOML"),
        ("[" * 5_000, "not valid TOML"),
        ("title = 3", "title must be a text"),
        (f'about = "{"x" * (LONGEST + 1)}"', f"about must be a text of at most {LONGEST}"),
        ("run = 'rm -rf'", "a field 'run', which no template has"),
        ("stages = 3", r"stages must be written as \[\[stages\]\]"),
        ("stages = [3]", r"stages must be written as \[\[stages\]\]"),
        ("[[stages]]\nname = 3", "name must be a text"),
        ("[[stages]]\nname = ''", "every stage needs a name"),
        ("[[stages]]\nname = '\ue000'\n[[stages]]\nstart = 'x'", "every stage needs a name"),
        ('[[stages]]\nname = "\\u0007"', "every stage needs a name"),
        ("[[stages]]\nname = 'x'\nemotion = 3", "a stage has no field 'emotion'"),
        ("[[stages]]\nname = 'x'\n" * (MOST["stages"] + 1), f"has {MOST['stages'] + 1} stages"),
        ("[[stages]]\nname = 'x'\n" * 10_000, "has 10000 stages"),
        ("#" * (SIZE_LIMIT + 1), "larger than 256 KB"),
        ("agendas = 3", r"agendas must be written as \[agendas\]"),
        ("[agendas]\nnowhere = 'x'", "no such agenda for 'nowhere'"),
        ("[agendas]\nreport = ['default']", "no such agenda for 'report'; there are default"),
        ("title = '\udcff'", "not text in UTF-8"),
        ("[[touchpoints]]\nname = 'x'", "a field 'touchpoints', which no template has"),
        ("[['[/x][@click=quit]\\u001b[2J']]\n", r"a field '\[/x\]"),
        ("agenda = 3", r"agenda must be written as \[\[agenda\]\]"),
        ("[[agenda]]\nstep = 'report'\nblock = 'x'", "every block needs a minutes"),
        (BLOCK + "started = 2026-01-01", "a block has no field 'started'"),
        (BLOCK.replace("30", "'30'"), "the minutes of a block cannot be used: '30' is not a number"),
        (BLOCK.replace("30", "-1"), "the minutes of a block cannot be used: -1 is not between 0 and 1440"),
        (BLOCK.replace("30", "9" * 5_000), "not valid TOML"),
        (BLOCK.replace("30", "inf"), "the minutes of a block cannot be used"),
        (BLOCK.replace("report", "lunch"), "the step of a block cannot be used: 'lunch' is not one of discovery"),
        (BLOCK + "script = 3", "script must be a text of at most 10000"),
        (BLOCK + f"script = '{'x' * 10_001}'", "script must be a text of at most 10000"),
        (BLOCK + "groups = 'a'", "the groups of a block cannot be used"),
        (BLOCK + "part_of = 'nowhere'", "part_of says 'nowhere', which is the id of no block"),
        (BLOCK + "part_of = 3", "part_of must be a text"),
        (BLOCK + "id = 'a'\n" + BLOCK + "id = 'a'", "the id 'a' must be a word that no other row has"),
        (BLOCK + "id = ''", "the id '' must be a word"),
        (
            "[[stages]]\nname = 'x'\nid = 's'\n" + BLOCK + "part_of = 's'",
            "part_of says 's', which is the id of no block",
        ),
        (BLOCK * (MOST["agenda"] + 1), "has 501 blocks; at most 500"),
        ("[[prompts]]\nstep = 'report'", "every prompt needs a prompt"),
        ("[[prompts]]\nstep = 'report'\nprompt = 'x'\nblock = 'y'", "block says 'y', which is the id of no block"),
        ("lanes = 3", "lanes must be a list of words"),
        ("lanes = ['a', 3]", "lanes must be a list of words"),
        (f"lanes = {[str(n) for n in range(100)]}", "lanes must be at most 50 words"),
    ],
)
def test_a_bad_template_is_named_with_its_reason_and_the_others_stay(
    sessions: Path, own: Path, text: str, said: str
) -> None:
    (own / "bad.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    found = templates_for(sessions)
    assert len(found.templates) == len(STAGES)
    (damaged,) = found.damaged
    assert (damaged.name, damaged.path) == ("bad", own / "bad.toml")
    with pytest.raises(InvalidData, match=said):
        found.named("bad")


def test_what_is_no_ordinary_file_is_not_read(sessions: Path, own: Path, tmp_path: Path) -> None:
    (own / "folder.toml").mkdir()
    os.mkfifo(own / "pipe.toml")
    outside = tmp_path / "outside.toml"
    outside.write_text('title = "secret"')
    (own / "link.toml").symlink_to(outside)
    (own / "broken.toml").symlink_to(own / "nothing.toml")
    (own / "device.toml").symlink_to("/dev/zero")
    (own / "fine.toml").write_text('title = "Fine"')
    (own / "inside.toml").symlink_to(own / "fine.toml")
    (own / ".hidden.toml").write_text("no")
    (own / "notes.txt").write_text("no")
    found = templates_for(sessions)
    assert {bad.name for bad in found.damaged} == {"folder", "pipe", "link", "broken", "device"}
    assert all(bad.reason.endswith(".") for bad in found.damaged)
    assert found.named("inside").title == "Fine"


def test_words_are_cleaned_and_a_file_without_a_title_is_called_by_its_name(sessions: Path, own: Path) -> None:
    (own / "clinic.toml").write_text('about = "a\\u001b[2Jb"\n[[stages]]\nname = "Be\\u202efore\\nvisit"\n')
    template = templates_for(sessions).named("clinic")
    assert (template.title, template.about) == ("clinic", "a[2Jb")
    assert template.stages[0]["name"] == "Before visit"


def test_an_agenda_prompts_and_lanes_of_ones_own_are_what_a_session_begins_with(sessions: Path, own: Path) -> None:
    (own / "ours.toml").write_text(
        """
        lanes = ["customer", "backstage"]
        [agendas]
        redesign = "default"
        [[agenda]]
        id = "mapping"
        step = "employee-workshop"
        block = "Mapping"
        minutes = 90
        minimum = ""
        script = \'\'\'
        Pens out.
        Go.\'\'\'
        [[agenda]]
        step = "employee-workshop"
        block = "Steps"
        minutes = 40
        part_of = "mapping"
        groups = ["red", "blue"]
        [[prompts]]
        step = "employee-workshop"
        prompt = "What now?"
        block = "mapping"
        """
    )
    template = templates_for(sessions).named("ours")
    assert template.extras == "agenda of 2 blocks, 1 prompt, 2 lanes"
    ids = iter(range(1000))
    session = begin(CATALOGUE, template, {"name": "x"}, new_id=lambda: f"r{next(ids)}")
    mapping, steps, *others = session.rows(Block)
    assert (mapping.block, mapping.minutes, mapping.minimum, mapping.kind) == ("Mapping", 90, None, "work")
    assert mapping.script.splitlines()[0] == "Pens out."
    assert (steps.part_of, steps.minimum, steps.groups) == (mapping.id, 5, ("red", "blue"))
    assert {block.step for block in others} == {"redesign"}
    (prompt,) = session.rows(OwnPrompt)
    assert (prompt.prompt, prompt.block) == ("What now?", mapping.id)
    assert session.record(About).lanes == ("customer", "backstage")


def test_300_mb_are_refused_without_being_read(sessions: Path, own: Path) -> None:
    with (own / "huge.toml").open("wb") as file:
        file.truncate(300 * 2**20)
    (damaged,) = templates_for(sessions).damaged
    assert "larger than 256 KB" in damaged.reason

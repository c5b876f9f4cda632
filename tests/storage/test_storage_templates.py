"""Templates of one's own: what a session is saved as, that it reads back the same, and what may not be written over."""

from __future__ import annotations

import datetime as dt
import errno
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from faulty_disk import failing
from hypothesis import given
from hypothesis import strategies as st

from cjworkshop.domain.commands import AddRows, NewRow, RemoveRows, SetCells
from cjworkshop.domain.references import Reference
from cjworkshop.domain.session import Session
from cjworkshop.domain.text import clean_line
from cjworkshop.errors import InvalidData, StorageFault, WorkshopError
from cjworkshop.facilitation.agenda import plan
from cjworkshop.facilitation.refit import refit
from cjworkshop.imports.sample import sample
from cjworkshop.method.across import About, Block
from cjworkshop.method.employee_workshop import Stage
from cjworkshop.method.steps import CATALOGUE
from cjworkshop.method.template import CARRIED, Template, begin, template_of
from cjworkshop.paths import SLUG_LENGTH, template_stem
from cjworkshop.storage.template_file import MOST, parse, render
from cjworkshop.storage.templates import began_from, save_template, templates_for
from strategies import HOSTILE_TEXTS, filled, hostile_text, sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cjworkshop.domain.rows import Row


def ids() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"new{next(numbers)}"


def begun(template: Template) -> Session:
    return begin(CATALOGUE, template, {"name": "New"}, new_id=ids())


def kept(session: Session, table: str) -> list[Row]:
    """The rows that a template carries: those that have what they need."""
    needed = [column for column in CARRIED[table] if column.required]
    return [row for row in session[table] if not any(column.is_empty(row) for column in needed)]


FIVE = Template("five", "Five", stages=({"name": "Purchase", "customer_goal": "Buy", "end": "I hold it"}, {"name": "Use", "start": "I open it"}))  # fmt: skip


def test_a_stage_that_is_called_otherwise_does_not_take_over_the_templates_texts(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "five.toml").write_text(render(FIVE))
    session = begun(FIVE)
    first = session["stages"][0].id
    renamed = SetCells("stages", ((first, "name", "Get in"), (first, "end", "I am seen")))
    save_template(session.edited(renamed.edits(session)), "Ours", folder)
    assert templates_for(folder).named("ours").stages == (
        {"name": "Get in", "end": "I am seen"},
        {"name": "Use", "start": "I open it"},
    )
    assert began_from(session, folder) == templates_for(folder).named("five")
    (tmp_path / "templates" / "five.toml").unlink()
    assert began_from(session, folder) is None


def test_an_agenda_that_was_edited_and_re_fitted_is_what_the_template_brings(tmp_path: Path) -> None:
    morning = dt.datetime(2026, 3, 17, 9, tzinfo=dt.UTC)
    session = begun(FIVE)
    agenda = plan(session, "employee-workshop")
    meeting = {"step": "employee-workshop", "date": morning.date(), "start": dt.time(9), "end": dt.time(13)}
    commands = (
        RemoveRows("agenda", (agenda.blocks[-1].row.id,)),
        SetCells("agenda", ((agenda.blocks[0].row.id, "block", "Hello"),)),
        AddRows("meetings", (NewRow("m", meeting),)),
    )
    for command in commands:
        session = session.edited(command.edits(session))
    session = session.edited(refit(session, "employee-workshop", morning, dt.UTC).command().edits(session))
    save_template(session, "Half a day", tmp_path / "sessions")
    brought = plan(begun(templates_for(tmp_path / "sessions").named("half-a-day")), "employee-workshop")
    assert sum(block.planned for block in agenda.blocks) == 390
    assert sum(block.planned for block in brought.blocks) == 240
    assert brought.blocks[0].row.block == "Hello"
    assert len(brought.blocks) == len(agenda.blocks) - 1


def carried(session: Session) -> dict[str, Any]:
    """What a template carries of a session: references as the places of the rows that they mean, minutes as allotted."""
    rows = {table: kept(session, table) for table in CARRIED}
    places = {row.id: (table, place) for table, found in rows.items() for place, row in enumerate(found)}

    def value(row: Row, column: Any) -> Any:
        found = column.get(row)
        if column.name == "minutes" and row.allotted is not None:  # type: ignore[attr-defined]  # a block
            return row.allotted  # type: ignore[attr-defined]  # a block
        return places.get(found, "") if isinstance(column.kind, Reference) else found

    return {
        "lanes": session.record(About).lanes,
        **{
            table: [[value(row, column) for column in CARRIED[table]] for row in found] for table, found in rows.items()
        },
    }


@given(sessions(tables=("stages", "agenda", "prompts", "_meta")))
def test_a_session_begun_from_a_session_saved_as_a_template_has_what_that_had(session: Session) -> None:
    template = template_of(session, "ours", "Ours")
    read = parse(render(template), "ours.toml", "ours")
    assert read == template
    assert carried(begun(read)) == carried(session)


@given(hostile_text(200), st.lists(hostile_text(), max_size=3))
def test_any_text_reads_back_as_it_was(text: str, lanes: list[str]) -> None:
    stages = AddRows("stages", (NewRow("s", {"name": "One", "customer_goal": CATALOGUE["stages"].column("customer_goal").kind.load(text)}),))  # fmt: skip
    session = Session(CATALOGUE)
    session = session.edited(stages.edits(session))
    lanes_column = CATALOGUE["_meta"].column("lanes")
    command = SetCells("_meta", (("m", "lanes", lanes_column.kind.load(lanes)),))
    session = session.edited(command.edits(session))
    template = template_of(session, "x", clean_line(text) or "x")
    assert parse(render(template), "x.toml", "x") == template


def test_the_sample_as_a_template_has_its_agenda_with_activities_and_nothing_that_happened(tmp_path: Path) -> None:
    session = sample(CATALOGUE)
    path = save_template(session, "Our Clinic: day 1", tmp_path / "sessions")
    assert path == tmp_path / "templates" / "our-clinic-day-1.toml"
    text = path.read_text()
    assert not [word for word in ("started", "ended", "allotted", "paused", "touchpoints]]") if f"\n{word}" in text]
    template = templates_for(tmp_path / "sessions").named("our-clinic-day-1")
    assert template.title == "Our Clinic: day 1"
    new = begun(template)
    assert [stage.name for stage in new.rows(Stage)] == [stage.name for stage in session.rows(Stage)]
    assert carried(new) == carried(session)
    assert any(block.part_of for block in new.rows(Block))
    assert not any(block.started or block.ended or block.allotted for block in new.rows(Block))
    assert new.record(About).template == "our-clinic-day-1"
    assert set(new.tables) <= {"_meta", "charter", "stages", "agenda", "prompts"}


def test_nothing_private_and_nothing_that_happened_is_carried() -> None:
    for table, columns in CARRIED.items():
        assert not [column for column in columns if column.private or column.kind.name == "stamp"]
        left = {column.name for column in CATALOGUE[table].columns} - {column.name for column in columns}
        assert left == (set() if table != "agenda" else {"started", "ended", "allotted", "paused", "paused_minutes"})


def test_an_agenda_that_was_emptied_stays_empty_and_a_template_without_one_has_the_methods() -> None:
    assert not begun(parse(render(template_of(Session(CATALOGUE), "x", "X")), "x", "x"))["agenda"]
    assert begun(Template("x", "X"))["agenda"]
    own = {"step": "report", "block": "Ours", "minutes": 5}
    mixed = begun(Template("x", "X", agenda=(own,), agendas={"redesign": "default"})).rows(Block)
    assert {block.step for block in mixed} == {"report", "redesign"}
    assert mixed[0].block == "Ours"


def test_it_is_never_written_over_without_force(tmp_path: Path) -> None:
    session, folder = sample(CATALOGUE), tmp_path / "sessions"
    path = save_template(session, "Ours", folder)
    before = path.read_bytes()
    empty = Session(CATALOGUE)
    with pytest.raises(WorkshopError, match="There is a template ours already"):
        save_template(empty, "OURS", folder)
    assert path.read_bytes() == before
    assert save_template(empty, "OURS", folder, force=True) == path
    assert path.read_bytes() != before
    with pytest.raises(WorkshopError, match="There is a template five-phase already"):
        save_template(empty, "Five phase", folder)
    (path.parent / "Broken.toml").write_text("x")
    with pytest.raises(WorkshopError, match="There is a template broken already"):
        save_template(empty, "broken", folder)
    (path.parent / "Clinic.toml").write_text("title = 'Clinic'")
    assert save_template(empty, "clinic", folder, force=True) == path.parent / "Clinic.toml"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../x", "x"),
        ("/etc/passwd", "etc-passwd"),
        ("CON", "con-template"),
        ("com1", "com1-template"),
        ("Tag 1: Ende?", "tag-1-ende"),
        ("Été", "été"),
        ("旅程", "旅程"),
        (".hidden", "hidden"),
        ("a\x1b[2J\x00b", "a-2j-b"),
        ("x" * 500, "x" * SLUG_LENGTH),
        ("旅" * 500, "旅" * (SLUG_LENGTH // 3)),
    ],
)
def test_a_name_becomes_a_file_in_the_folder_and_nowhere_else(tmp_path: Path, name: str, stem: str) -> None:
    path = save_template(Session(CATALOGUE), name, tmp_path / "a" / "sessions")
    assert path == tmp_path / "a" / "templates" / f"{stem}.toml"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert stem in templates_for(tmp_path / "a" / "sessions").paths


@given(hostile_text())
def test_a_file_name_is_one_word_that_is_stable(name: str) -> None:
    stem = template_stem(name)
    assert not set(stem) & set('/\\:*?"<>|. \0')
    assert template_stem(stem) in {stem, f"{stem}-template"}
    assert len(stem.encode()) <= SLUG_LENGTH + len("-template")


@pytest.mark.parametrize("name", ["", "   ", "!!!", "../..", "[/]"])
def test_a_name_without_a_letter_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidData, match="needs a name"):
        save_template(Session(CATALOGUE), name, tmp_path / "sessions")
    assert not (tmp_path / "templates").exists()


def test_hostile_text_goes_in_and_comes_out_cleaned(tmp_path: Path) -> None:
    session = filled(text=" ".join(HOSTILE_TEXTS))
    path = save_template(session, "Hostile", tmp_path / "sessions")
    assert not set(path.read_text()) & {"\x1b", "\x9b", "\x00", "\u202e"}
    template = templates_for(tmp_path / "sessions").named("hostile")
    assert carried(begun(template)) == carried(session)
    assert "[@click=app.quit]" in template.stages[0]["name"]


def test_a_session_that_is_too_much_for_a_template_is_refused_by_name(tmp_path: Path) -> None:
    many = AddRows("stages", tuple(NewRow(f"s{n}", {"name": f"{n}"}) for n in range(MOST["stages"] + 1)))
    session = Session(CATALOGUE)
    with pytest.raises(InvalidData, match="has 101 stages"):
        save_template(session.edited(many.edits(session)), "x", tmp_path / "sessions")
    long = AddRows("stages", (NewRow("s", {"name": "a", "customer_goal": "x" * 20_000}),))
    with pytest.raises(InvalidData, match="customer_goal must be a text of at most 10000"):
        save_template(session.edited(long.edits(session)), "x", tmp_path / "sessions")
    large = AddRows("stages", tuple(NewRow(f"s{n}", {"name": "a", "customer_goal": "x" * 9_000}) for n in range(40)))
    with pytest.raises(InvalidData, match="larger than 256 KB"):
        save_template(session.edited(large.edits(session)), "x", tmp_path / "sessions")
    assert not (tmp_path / "templates").exists()


def test_a_template_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    session, folder = sample(CATALOGUE), tmp_path / "sessions"
    for operation in ("create", "write", "sync", "replace"):
        with pytest.raises(StorageFault, match="the disk is full"):
            save_template(session, "x", folder, disk=failing(errno.ENOSPC, operations={operation}))
        assert list((tmp_path / "templates").iterdir()) == []

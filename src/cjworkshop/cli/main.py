"""`cjworkshop`: the command line. A command is imported when it is asked for, and imports what it needs itself."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cjworkshop import __version__
from cjworkshop.cli.output import say, say_error
from cjworkshop.cli.surroundings import (
    Surroundings,
    ascii_option,
    debug_option,
    open_screen,
    sessions_option,
    theme_option,
)
from cjworkshop.errors import StorageFault, UsageProblem, WorkshopError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

INTERRUPTED = 130

COMMANDS = {
    "open": "cjworkshop.cli.beginning:open_session",
    "new": "cjworkshop.cli.beginning:new",
    "demo": "cjworkshop.cli.beginning:demo",
    "list": "cjworkshop.cli.listing:list_sessions",
    "show": "cjworkshop.cli.showing:show",
    "present": "cjworkshop.cli.presenting:present",
    "export": "cjworkshop.cli.exporting:export",
    "import": "cjworkshop.cli.importing:import_file",
    "templates": "cjworkshop.cli.describing:templates",
    "doctor": "cjworkshop.cli.doctoring:doctor",
    "schema": "cjworkshop.cli.describing:schema",
    "keys": "cjworkshop.cli.describing:keys",
}
"""Each command and where it is, in the order in which `--help` lists them."""


class Commands(click.Group):
    """The commands, imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), name))


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@theme_option
@ascii_option
@debug_option
@sessions_option
@click.pass_context
def program(context: click.Context) -> int | None:
    """Hold customer-journey workshops. Without a command: the list of your sessions."""
    surroundings = context.ensure_object(Surroundings)
    if context.invoked_subcommand is None:
        return open_screen(surroundings, surroundings.folder, None)
    return None


def main() -> None:
    """The entry point: run the command that was typed and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and give its exit code; errors are told in one sentence, with a traceback only for --debug."""
    surroundings = Surroundings(debug="--debug" in arguments)
    sys.excepthook = _tell_fault(surroundings)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no umlaut must not end the program
    try:
        code = program.main(arguments, prog_name="cjworkshop", standalone_mode=False, obj=surroundings)
        if sys.stdout:  # it is None where it was closed before we began
            sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as problem:
        return _tell(_as_usage(problem), surroundings)
    except WorkshopError as problem:
        return _tell(problem, surroundings)
    except (BrokenPipeError, SystemExit):  # click ends so, and only so, where nobody reads our output any more
        _forget_stdout()
        return 0
    except OSError as problem:
        if not problem.filename:
            _forget_stdout()
        where = f"{problem.filename}: " if problem.filename else ""
        sentence = f"{where}{problem.strerror or problem}."
        return _tell(StorageFault(sentence, "Look whether the folder is there and can be written."), surroundings)
    return code if isinstance(code, int) else 0


def _forget_stdout() -> None:
    """Keep Python from complaining when it flushes, at its end, what nobody can take."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _as_usage(problem: click.ClickException) -> UsageProblem:
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    path = context.command_path if context else "cjworkshop"
    return UsageProblem(problem.format_message(), f"See `{path} --help`.")


def _tell(problem: WorkshopError, surroundings: Surroundings) -> int:
    if surroundings.debug:
        import traceback

        traceback.print_exc()
    say_error(problem)
    return problem.exit_code


def _tell_fault(surroundings: Surroundings) -> Callable[..., None]:
    """What happens to an error that nobody foresaw: where it was, but no word of what was being worked on."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if surroundings.debug:
            sys.__excepthook__(kind, fault, trace)
            return
        import traceback

        last = traceback.extract_tb(trace)[-1:]
        where = "".join(f" in {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
        say(
            f"Error: a fault of the program itself: {kind.__name__}{where}. What was saved is safe; --debug shows more."
        )

    return tell

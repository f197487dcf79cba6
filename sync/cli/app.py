"""The commands. Each parses its options, calls one job and presents the result; no rule lives here."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sync import __version__
from sync.cli import options as opt
from sync.cli.options import NO_WAIT, PATIENCE, REPORT_DIR, STATE, LogFormat, job_options
from sync.errors import SettingsError
from sync.settings import parse_duration

if TYPE_CHECKING:
    from sync.cli.watch import Watch

app = typer.Typer(
    name="candidate-sync",
    help="Turns the rows of a spreadsheet into candidate updates in Paradox, and says what became of each row.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
mapping_app = typer.Typer(
    help="Guess or check a mapping, list the API's fields, print the mapping's schema.", no_args_is_help=True
)
app.add_typer(mapping_app, name="mapping")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"candidate-sync {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _ask(yes: bool, progress: Watch | None = None, *, file: str = "") -> Callable[[str], bool] | None:
    """The way to ask a person, where one sits at a terminal and has not said yes beforehand."""
    from sync.cli.asking import way_to_ask

    confirm = None if yes else way_to_ask(file)
    if confirm is None:
        return None

    def ask(question: str) -> bool:
        with progress.paused() if progress else nullcontext():
            return confirm(question)

    return ask


@app.command()
def demo(as_json: opt.Json = False, quiet: opt.Quiet = False, log_format: opt.LogFormatOption = LogFormat.text) -> None:
    """Show the whole job against a local stand-in for the API: good rows, bad rows, faults, a report."""
    from sync.cli.output import say
    from sync.cli.present import conclude
    from sync.cli.watch import watch
    from sync.jobs.demo import demo as job

    with watch(quiet=quiet, log_format=log_format) as progress:
        result = job(lambda text: None if quiet or as_json else say(text), progress)
    as_designed = result.exit_code if result.reason else 0
    conclude(replace(result, exit_code=as_designed), as_json=as_json, quiet=quiet)


@app.command()
def check(
    file: opt.File,
    mapping: opt.MappingFile,
    limit: opt.Limit = None,
    state: opt.State = STATE,
    report_dir: opt.ReportDir = REPORT_DIR,
    as_json: opt.Json = False,
    quiet: opt.Quiet = False,
    log_format: opt.LogFormatOption = LogFormat.text,
) -> None:
    """Read, map and validate, and say what a run would reject; sends nothing and needs no credentials."""
    from sync.cli.present import conclude, payload_lines
    from sync.cli.watch import watch
    from sync.jobs.check import check as job
    from sync.report import source_words

    options = job_options(limit=limit, state=state, report_dir=report_dir)
    with watch(quiet=quiet, log_format=log_format) as progress:
        result, shown = job(file, mapping, options, progress)
    before = f"{mapping} fits {source_words(result.summary.source)}.\n\n{payload_lines(shown)}"
    conclude(result, as_json=as_json, quiet=quiet, before=before)


@app.command()
def run(
    file: opt.File,
    mapping: opt.MappingFile,
    rate: opt.Rate = None,
    concurrency: opt.Concurrency = None,
    max_errors: opt.MaxErrorsOption = None,
    limit: opt.Limit = None,
    only_changed: opt.OnlyChanged = False,
    state: opt.State = STATE,
    report_dir: opt.ReportDir = REPORT_DIR,
    wait: opt.Wait = NO_WAIT,
    patience: opt.Patience = PATIENCE,
    as_json: opt.Json = False,
    quiet: opt.Quiet = False,
    log_format: opt.LogFormatOption = LogFormat.text,
    yes: opt.Yes = False,
) -> None:
    """Do the job: read, map, validate, push, record, report."""
    from sync.cli.present import conclude
    from sync.cli.watch import watch
    from sync.jobs.run import run as job

    options = job_options(
        rate=rate,
        concurrency=concurrency,
        max_errors=max_errors,
        limit=limit,
        state=state,
        report_dir=report_dir,
        only_changed=only_changed,
        wait=wait,
        patience=patience,
    )
    with watch(quiet=quiet, log_format=log_format) as progress:
        result = job(file, mapping, options, progress=progress, ask=_ask(yes, progress, file=file))
    conclude(result, as_json=as_json, quiet=quiet)


@app.command()
def resume(
    run_id: Annotated[str | None, typer.Argument(help="The run. [default: the one that can be resumed]")] = None,
    rate: opt.Rate = None,
    concurrency: opt.Concurrency = None,
    max_errors: opt.MaxErrorsOption = None,
    state: opt.State = STATE,
    wait: opt.Wait = NO_WAIT,
    patience: opt.Patience = PATIENCE,
    as_json: opt.Json = False,
    quiet: opt.Quiet = False,
    log_format: opt.LogFormatOption = LogFormat.text,
    yes: opt.Yes = False,
) -> None:
    """Go on with a run that was interrupted, aborted or killed; of an ended one, write its report again."""
    from sync.cli.present import conclude
    from sync.cli.watch import watch
    from sync.jobs.resume import resume as job

    options = job_options(
        rate=rate, concurrency=concurrency, max_errors=max_errors, state=state, wait=wait, patience=patience
    )
    with watch(quiet=quiet, log_format=log_format) as progress:
        result = job(run_id, options, progress=progress, ask=_ask(yes, progress))
    conclude(result, as_json=as_json, quiet=quiet)


@app.command()
def retry(
    run_id: Annotated[str, typer.Argument(help="The run.", show_default=False)],
    rate: opt.Rate = None,
    concurrency: opt.Concurrency = None,
    max_errors: opt.MaxErrorsOption = None,
    state: opt.State = STATE,
    report_dir: opt.ReportDir = REPORT_DIR,
    wait: opt.Wait = NO_WAIT,
    patience: opt.Patience = PATIENCE,
    as_json: opt.Json = False,
    quiet: opt.Quiet = False,
    log_format: opt.LogFormatOption = LogFormat.text,
    yes: opt.Yes = False,
) -> None:
    """Send again, as a new run, the rows whose failure may have passed, that are unknown or were never processed."""
    from sync.cli.present import conclude
    from sync.cli.watch import watch
    from sync.jobs.retry import retry as job

    options = job_options(
        rate=rate,
        concurrency=concurrency,
        max_errors=max_errors,
        state=state,
        report_dir=report_dir,
        wait=wait,
        patience=patience,
    )
    with watch(quiet=quiet, log_format=log_format) as progress:
        result = job(run_id, options, progress=progress, ask=_ask(yes, progress))
    conclude(result, as_json=as_json, quiet=quiet)


@app.command()
def purge(
    older_than: Annotated[str, typer.Option(metavar="DURATION", help="How old, e.g. 30d.", show_default=False)],
    state: opt.State = STATE,
    yes: opt.Yes = False,
) -> None:
    """Delete runs, their reports and copies, and what these hold of people; a run at work is left alone."""
    from sync.cli.output import say
    from sync.jobs.purge import purge as job

    if older_than.strip().isdigit():
        raise SettingsError(f"--older-than: {older_than!r} has no unit: say {older_than}d for days")
    age = opt.parsed("--older-than", older_than, parse_duration)
    ask = _ask(yes)
    if ask is not None and not ask(f"Delete all runs older than {older_than} from {state}, with their reports?"):
        raise typer.Exit
    purged = job(age, job_options(state=state))
    say("\n".join([f"Purged {len(purged)} runs older than {older_than}.", *(f"  {run_id}" for run_id in purged)]))


@app.command()
def runs(state: opt.State = STATE, as_json: opt.Json = False) -> None:
    """List the runs of the ledger, newest first."""
    from sync.cli.output import say
    from sync.cli.present import runs_json, runs_table
    from sync.jobs.listing import list_runs

    listed = list_runs(job_options(state=state))
    say(runs_json(listed) if as_json else runs_table(listed))


@app.command()
def report(
    run_id: Annotated[str, typer.Argument(help="The run.", show_default=False)],
    state: opt.State = STATE,
    as_json: opt.Json = False,
    quiet: opt.Quiet = False,
) -> None:
    """Write a run's report again, as the ledger has it now."""
    from sync.cli.present import conclude
    from sync.jobs.listing import report_again as job

    result = replace(job(run_id, job_options(state=state)), exit_code=0, reason="")
    conclude(result, as_json=as_json, quiet=quiet)


@mapping_app.command("suggest")
def mapping_suggest(file: opt.File) -> None:
    """Guess a mapping from a file's header and values, and print it with the reason for each guess."""
    from sync.cli.output import say
    from sync.jobs.suggest import suggest

    suggestion = suggest(file)
    for note in suggestion.notes:
        typer.echo(f"{suggestion.file}: {note}", err=True)
    say(suggestion.text.rstrip())


@mapping_app.command("check")
def mapping_check(mapping: Annotated[Path, typer.Argument(help="The mapping (YAML).", show_default=False)]) -> None:
    """Say whether a mapping is right; a wrong one exits 2 with every mistake and its line."""
    from sync.cli.output import say
    from sync.mapping import load_mapping

    loaded = load_mapping(mapping)
    contact = ", ".join(loaded.contact_fields)
    fields = f"{len(loaded.fields)} {'field' if len(loaded.fields) == 1 else 'fields'}"
    say(f"{mapping} is right: candidate by {loaded.id_kind}, {fields}: {', '.join(loaded.fields)}.")
    if contact:
        say(f"Can reach a person: {contact}.")


@mapping_app.command("fields")
def mapping_fields() -> None:
    """List the API's fields: what each takes and what changing it can do."""
    from sync.cli.output import say, table
    from sync.mapping import fields_table

    fields = [{**asdict(field), "contact": "yes" if field.contact else "no"} for field in fields_table()]
    say(table(list(fields[0]), [list(field.values()) for field in fields]))


@mapping_app.command("schema")
def mapping_schema() -> None:
    """Print the mapping's JSON Schema, by which an editor completes and checks it."""
    from sync.cli.output import say
    from sync.mapping import mapping_schema as schema

    say(json.dumps(schema(), indent=2, ensure_ascii=False))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 0,
    seed: Annotated[
        Path | None, typer.Option(help="A JSON list of the candidates that exist.", show_default=False)
    ] = None,
    rate_limit: Annotated[float | None, typer.Option(help="Requests a second before 429.", show_default=False)] = None,
    latency: Annotated[float, typer.Option(help="Milliseconds before each answer.")] = 0,
    token_ttl: Annotated[float, typer.Option(help="Seconds a token lasts.")] = 3600,
    fault: Annotated[
        list[str] | None, typer.Option(metavar="KIND=SHARE", help="A fault and how often, 0 to 1.")
    ] = None,
    assume: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="An answer to what nobody says of the API.")
    ] = None,
    state: Annotated[Path | None, typer.Option(help="A JSON file of what was applied.", show_default=False)] = None,
    random_seed: Annotated[int | None, typer.Option(help="Makes faults repeatable.", show_default=False)] = None,
) -> None:
    """Serve a local stand-in for the API on this machine, with faults on demand, until interrupted."""
    from sync.sandbox import SandboxOptions, parse_assumptions, parse_faults, serve

    serve(
        SandboxOptions(
            port=port,
            seed=seed,
            rate_limit=rate_limit,
            latency_ms=latency,
            token_ttl_s=token_ttl,
            faults=parse_faults(fault or []),
            assumptions=parse_assumptions(assume or []),
            state_path=state,
            random_seed=random_seed,
        )
    )

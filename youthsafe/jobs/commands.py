"""`youthsafe jobs run`: runs what is due by the clock."""

import signal
from datetime import timedelta

import click
from flask.cli import ScriptInfo

from youthsafe.jobs.registry import all_jobs
from youthsafe.jobs.runner import LEASE, Runners


@click.group()
def jobs() -> None:
    """Run what runs by the clock."""


@jobs.command("run")
@click.option("--once", is_flag=True, help="Run what is due now, and end; with status 1 when something failed.")
@click.option(
    "--lease",
    default=int(LEASE.total_seconds()),
    show_default=True,
    type=click.IntRange(1),
    help="How many seconds after a runner was last heard of another takes its job over.",
)
@click.pass_obj
def run(info: ScriptInfo, lease: int, *, once: bool) -> None:
    """Run every job whenever it is due, until it is told to stop; a job at work ends first.

    It can run on several machines: each job runs on one of them at a time.
    """
    runner = Runners(info.load_app(), all_jobs(), click.echo, timedelta(seconds=lease))
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: runner.stop())
    if not once:
        runner.run_until_stopped()
    elif runner.run_due():
        raise click.ClickException("Not everything that was due could be done.")

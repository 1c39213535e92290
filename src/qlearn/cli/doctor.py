"""`qlearn doctor`: what works here and what does not."""

from __future__ import annotations

import click

COLOURS = {"works": "green", "note": "yellow", "FAILS": "red"}


@click.command(epilog="Example: qlearn doctor --json")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document for a script.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Say what works on this machine, what does not, and what to do about it.

    Exits 0 when everything necessary works, 1 when something necessary does not.
    """
    import json

    from qlearn.cli._built_book import built_book
    from qlearn.lab.checks import all_checks
    from qlearn.lab.findings import all_is_well, report

    findings = []
    for check in all_checks(built_book()):
        finding = check()
        findings.append(finding)
        if not as_json:
            state = finding.state.value
            click.echo(click.style(state, fg=COLOURS[state]) + str(finding).removeprefix(state))
    if as_json:
        click.echo(json.dumps(report(findings), indent=2))
    elif all_is_well(findings):
        click.echo("Everything necessary works.")
    else:
        click.echo("Something necessary does not work: see the lines that say FAILS.")
    context.exit(0 if all_is_well(findings) else 1)

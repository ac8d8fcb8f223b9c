"""Runs Lighthouse against a demonstration and prints a table: python -m bench.lighthouse [PATH...]

Three runs a page, the pages in turn, so that a busy moment of the machine meets all of them; medians are judged. The
exit status is 1 when a page falls short, and what cost it points is printed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench.lighthouse import verdict
from bench.serving import free_port, serving
from hatch_build import NODE, install_packages

FOLDER = Path(__file__).parent
PAGES = ("/en/", "/en/cards/bullying/tell-an-adult/", "/en/havens/", "/en/support/", "/en/teach/bullying/")
RUNS = 3
TRIES = 3  # for one run: now and then a trace of Chromium lacks its beginning
NOINDEX = re.compile(rb'<meta name="robots" content="[^"]*noindex')
QUIET = (  # Chromium's own errands, which would ask hosts of its maker
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class LighthouseError(Exception):
    """A run that gave no report; the message says what Lighthouse said."""


def ask(address: str, report: Path) -> verdict.Report:
    """Let Lighthouse look at one page as a phone, again where Chromium traced nothing; raises LighthouseError."""
    for _ in range(TRIES):
        said = _run(address, report)
        if said.returncode == 0:
            found: verdict.Report = json.loads(report.read_text(encoding="utf-8"))
            return found
    raise LighthouseError(f"Lighthouse gave no report on {address}:\n{said.stderr}")


def _run(address: str, report: Path) -> "subprocess.CompletedProcess[str]":
    cli = FOLDER / "node_modules/lighthouse/cli/index.js"
    options = [
        "--quiet",
        "--no-enable-error-reporting",
        "--disable-full-page-screenshot",
        f"--only-categories={','.join(verdict.CATEGORIES)}",
        f"--chrome-flags={' '.join(QUIET)}",
        "--output=json",
        f"--output-path={report}",
    ]
    environment = os.environ | {"CHROME_PATH": _chromium()}
    command: list[str | Path] = [NODE / "bin/node", cli, address, *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def judge(base: str, paths: tuple[str, ...], folder: Path) -> list[verdict.Verdict]:
    """Ask for every page in turn, as often as there are runs, and judge each."""
    reports: dict[str, list[verdict.Report]] = {path: [] for path in paths}
    for number in range(1, RUNS + 1):
        print(f"Run {number} of {RUNS}", file=sys.stderr, flush=True)
        for path in paths:
            reports[path].append(ask(base + path, folder / "report.json"))
    return [verdict.of(path, found, indexed=_indexed(base + path)) for path, found in reports.items()]


def show(verdicts: list[verdict.Verdict]) -> None:
    """Print the table, and below it what cost a page points."""
    print(f"{'':36}   performance  accessibility  best practices   SEO   LCP ms    CLS   TBT ms")
    for each in verdicts:
        performance, accessibility, practices, seo = (f"{each.scores[name]:.0f}" for name in verdict.CATEGORIES)
        paint, shift, blocking = (each.figures[name] for name in verdict.LIMITS)
        scores = f"{performance:>14}{accessibility:>15}{practices:>16}{seo if each.indexed else '-':>6}"
        print(f"{each.path:36}{scores}{paint:9.0f}{shift:7.3f}{blocking:9.0f}")
    for each in verdicts:
        if each.missed:
            print(f"{each.path} misses {', '.join(each.missed)}", *each.complaints, sep="\n    ")


def _indexed(address: str) -> bool:
    with urllib.request.urlopen(address) as page:
        return not NOINDEX.search(page.read())


def _chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        raise LighthouseError("Lighthouse needs Chromium. Type: sudo apt-get install chromium")
    return found


def main(paths: tuple[str, ...]) -> int:
    """Judge the pages of a demonstration of its own; the exit status is 1 when one falls short."""
    _chromium()
    install_packages(FOLDER)
    with tempfile.TemporaryDirectory(prefix="youthsafe-audit-") as name:
        folder, port = Path(name), free_port()
        command: list[str | Path] = [Path(sys.executable).with_name("youthsafe"), "demo", "--port", str(port)]
        with serving([*command, "--data-dir", folder / "data"], port, folder / "server.log"):
            verdicts = judge(f"http://127.0.0.1:{port}", paths, folder)
    show(verdicts)
    return int(any(each.missed for each in verdicts))


if __name__ == "__main__":
    try:
        sys.exit(main(tuple(sys.argv[1:]) or PAGES))
    except LighthouseError as error:
        sys.exit(str(error))

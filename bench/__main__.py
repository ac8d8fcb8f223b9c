"""`make bench`: what the product's care costs, against the least that Flask can do on the same machine.

Both sides run under the same gunicorn settings, SQLite pragmas and row size, and are measured in turn, so that a busy
moment of the machine meets both. Prints a table, writes results.json, and fails below a target.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from bench import load, product
from bench import serving as servers

RESULTS = Path(__file__).parent / "results.json"
ROUNDS = 7
SLOW_DISK = Path(__file__).with_name("slow_disk.c")
SIDES = ("baseline", "product")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked of both sides; `targets` are the least shares of the baseline's rate, by connections.

    With `flush_ms` every flush of a disk takes so much longer on both sides, in milliseconds.
    """

    name: str
    targets: Mapping[int, float]
    count: int
    status: bytes
    request: Callable[[str], bytes]
    flush_ms: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of the rounds: answers per second, their ratio and its spread, and how busy the load was at most."""

    scenario: str
    connections: int
    baseline: float
    product: float
    ratio: float
    lowest: float
    highest: float
    target: float
    load_busy: float


def read_page(side: str) -> bytes:
    """Return a request for the page that both sides hold compressed."""
    path = "/page" if side == "baseline" else "/en/"
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode()


def send_report(side: str) -> bytes:
    """Return a request that sends a report nobody has sent before."""
    path = "/reports" if side == "baseline" else "/api/v1/reports"
    body = product.report_body()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


SCENARIOS = (
    Scenario("cached page", {1: 1.2, 8: 1.2, 32: 1.2}, 3000, b"200", read_page),
    Scenario("accepted report", {1: 0.6, 8: 0.8, 32: 0.8}, 320, b"201", send_report),
    Scenario("2 ms a flush", {8: 2.0, 32: 2.0}, 160, b"201", send_report, flush_ms=2),
)


def measure(scenario: Scenario, connections: int, ports: dict[str, int]) -> Result:
    """Run the rounds, each side first in every other one, and take the medians."""
    rounds: dict[str, list[load.Measured]] = {side: [] for side in SIDES}
    for number in range(ROUNDS + 1):
        for side in SIDES if number % 2 else reversed(SIDES):
            requests = [scenario.request(side) for _ in range(scenario.count)]
            rounds[side].append(load.run(ports[side], requests, connections, scenario.status))
    rates = {side: [each.rate for each in rounds[side][1:]] for side in SIDES}  # the first round only warms up
    ratios = [ours / theirs for ours, theirs in zip(rates["product"], rates["baseline"], strict=True)]
    return Result(
        scenario=scenario.name,
        connections=connections,
        baseline=round(statistics.median(rates["baseline"]), 1),
        product=round(statistics.median(rates["product"]), 1),
        ratio=round(statistics.median(ratios), 3),
        lowest=round(min(ratios), 3),
        highest=round(max(ratios), 3),
        target=scenario.targets[connections],
        load_busy=round(max(each.busy for side in SIDES for each in rounds[side][1:]), 2),
    )


@contextmanager
def serving(side: str, folder: Path, more: Mapping[str, str]) -> Iterator[int]:
    """Run one side; gives its port."""
    port = servers.free_port()
    command = [sys.executable, "-m", "bench.server", side, str(folder), str(port)]
    with servers.serving(command, port, folder / f"{side}.log", more):
        yield port


def slowed(folder: Path, flush_ms: int) -> dict[str, str]:
    """Return the settings under which a process flushes slowly; raises CalledProcessError without a C compiler."""
    if not flush_ms:
        return {}
    library = folder / "slow_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SLOW_DISK, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "BENCH_FLUSH_MICROSECONDS": str(flush_ms * 1000)}


def _keep_page(port: int, folder: Path) -> None:
    """Give the baseline the very bytes that the product sends."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/en/", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        (folder / "page.html").write_bytes(answer.read())


def main() -> int:
    """Measure everything; the exit status is 1 when a target was missed."""
    place = Path("var")  # on the disk that holds real data, not in memory
    place.mkdir(exist_ok=True)
    print(f"{'':16} connections   baseline/s    product/s   ratio       spread  target")
    results: list[Result] = []
    for flush_ms, scenarios in groupby(SCENARIOS, key=lambda each: each.flush_ms):
        with tempfile.TemporaryDirectory(dir=place, prefix="bench-") as name:
            folder = Path(name).resolve()
            more = slowed(folder, flush_ms)
            product.prepare(folder)
            with serving("product", folder, more) as ours:
                _keep_page(ours, folder)
                with serving("baseline", folder, more) as theirs:
                    results += report(list(scenarios), {"product": ours, "baseline": theirs})
    RESULTS.write_text(json.dumps({"rounds": ROUNDS, "results": [asdict(each) for each in results]}, indent=2) + "\n")
    return int(any(each.ratio < each.target for each in results))


def report(scenarios: Sequence[Scenario], ports: dict[str, int]) -> Iterator[Result]:
    """Measure, and print a line for each result as it comes."""
    for scenario in scenarios:
        for connections in scenario.targets:
            found = measure(scenario, connections, ports)
            verdict = "" if found.ratio >= found.target else "  missed"
            print(
                f"{found.scenario:16} {connections:11} {found.baseline:12.1f} {found.product:12.1f} {found.ratio:7.2f}"
                f" {found.lowest:6.2f}-{found.highest:5.2f} {found.target:7.2f}{verdict}",
                flush=True,
            )
            yield found


if __name__ == "__main__":
    sys.exit(main())

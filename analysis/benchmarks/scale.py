"""How far one machine goes: generated histories of 10^3, 10^4, 10^5 claims, each measured in a process of its own.

`python analysis/benchmarks/scale.py [claims ...]` prints a table: processor seconds of each step (one thread, so that
what else runs on the machine counts little) and the peak memory of the process.
"""

from __future__ import annotations

import csv
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import cached_property
from pathlib import Path

from without_recognition.data.dataset import data_folder

SIZES = (1_000, 10_000, 100_000)
STEPS = ("load", "grade", "disputes", "explain", "chart")
PER_EVENT, PER_SOURCE = 8, 4  #: claims
BASES = (
    "record",
    "participant",
    "official",
    "reported",
    "reported",
    "study",
    "anonymous",
    "hearsay",
    "inference",
)
LIMITS = {"seconds of load and grade": 10.0, "peak MB": 1024.0}  #: at the largest size


def generate(folder: Path, claims: int, seed: int = 1) -> None:
    """Write a Data Package of about `claims` claims: relays of relays, rival dates, denials, rulings."""
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    own = [r for r in package["resources"] if not r["path"].startswith("series/")]
    package["resources"] = own
    made = Tables(own, random.Random(seed))
    made.actors(max(20, claims // 100))
    made.sources(max(20, claims // PER_SOURCE))
    made.offices(claims // 200)
    for n in range(claims // PER_EVENT):
        made.event(n)
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for name, rows in made.rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(made.columns[name]), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


class Tables:
    """Rows that are made up, table by table; what is drawn by chance is drawn in the order of the calls."""

    def __init__(self, resources: list[dict], rng: random.Random):
        self.rng = rng
        #: table -> column -> the values that it may hold, or None
        self.columns = {
            r["name"]: {f["name"]: f.get("constraints", {}).get("enum") for f in r["schema"]["fields"]}
            for r in resources
        }
        self.rows: dict[str, list[dict]] = {name: [] for name in self.columns}

    @cached_property
    def actor_ids(self) -> list[str]:
        return [row["actor_id"] for row in self.rows["actors"]]

    @cached_property
    def source_ids(self) -> list[str]:
        return [row["source_id"] for row in self.rows["sources"]]

    def actors(self, many: int) -> None:
        sides = self.columns["actors"]["side"]
        self.rows["actors"] = [
            {
                "actor_id": f"actor-{n}",
                "name": f"Actor {n}",
                "side": sides[n % len(sides)],
                "type": "unnamed" if n % 20 == 0 else "state" if n % 5 == 1 else "person",
            }
            for n in range(many)
        ]

    def sources(self, many: int) -> None:
        self.rows["sources"] = [
            {
                "source_id": f"source-{n}",
                "type": "article-newspaper",
                "title": f"Source {n}",
                "publisher": "A paper",
                "lang": "en",
                "issued": f"{self.rng.randint(1948, 2026)}-{self.rng.randint(1, 12):02}",
                "kind": "contemporary_news",
                "perspective": self.rng.choice(self.columns["sources"]["perspective"]),
                "reliability": self.rng.choice("ABCDEF"),
                "reliability_reason": "Generated.",
                "seen": "full",
            }
            for n in range(many)
        ]

    def offices(self, many: int) -> None:
        actors = self.actor_ids
        self.rows["offices"] = [
            {
                "office_id": f"office-{n}",
                "actor_id": self.rng.choice(actors),
                "office": "Minister",
                "body": self.rng.choice(actors[1::5]),
                "span": "1960/1990",
                "source_id": self.source_ids[0],
                "locator": "1",
            }
            for n in range(many)
        ]

    def event(self, n: int) -> None:
        """An event with participants and claims, one in fifty with a ruling."""
        rng, known = self.rng, self.columns["events"]
        year = rng.randint(1948, 2020)
        key, day = f"{year}-event-{n}", f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        self.rows["events"].append(
            {
                "event_id": key,
                "chapter": rng.choice(known["chapter"]),
                "title": f"Event {n}",
                "date": day,
                "channel": known["channel"][0],
                "visibility": known["visibility"][0],
                "summary": "Generated.",
            }
        )
        self.rows["participants"] += [
            {"event_id": key, "actor_id": a, "role": "party", "claim_id": f"{key}.1"}
            for a in rng.sample(self.actor_ids, 2)
        ]
        self.claims(key, day)
        if n % 50 == 0:
            self.rows["rulings"].append(
                {
                    "event_id": key,
                    "aspect": "occurrence",
                    "follows": f"{key}.1",
                    "reason": "Generated.",
                    "what_would_change_it": "More.",
                }
            )

    def claims(self, key: str, day: str) -> None:
        """The claims on one event, the last three on its date."""
        rng, said = self.rng, list[str]()
        for m in range(1, PER_EVENT + 1):
            dated = m > PER_EVENT - 3
            said.append(f"{key}.{m}")
            self.rows["claims"].append(
                {
                    "claim_id": said[-1],
                    "event_id": key,
                    "source_id": rng.choice(self.source_ids),
                    "locator": "1",
                    "aspect": "date" if dated else "occurrence",
                    "value": rng.choice([day, day[:7], f"{int(day[:4]) + 1}"]) if dated else "",
                    "statement": "Generated.",
                    "stance": rng.choice(["affirms"] * 6 + ["denies", "doubts"]) if m > 1 else "affirms",
                    "speaker": rng.choice(["", *rng.sample(self.actor_ids, 2)]),
                    "basis": rng.choice(BASES),
                    "origin": rng.choice(["self", "self", said[rng.randrange(m - 1)] if m > 1 else "self"]),
                }
            )


def measure(folder: Path) -> dict[str, float]:
    """Processor seconds of each step and the peak memory in MB of this process."""
    out, start = {}, time.process_time()

    def done(step: str) -> None:
        nonlocal start
        out[step] = time.process_time() - start
        start = time.process_time()

    from without_recognition import evidence, load

    history = load(folder)
    done("load")
    evidence.propositions(history)
    done("grade")
    evidence.disputes(history)
    done("disputes")
    str(evidence.explain(history, history.events.index[-1]))
    done("explain")
    from without_recognition import charts

    charts.timeline(history.chapter("istanbul"))
    done("chart")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out["MB"] = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return out


def measured_apart(folder: Path) -> dict[str, float]:
    """`measure` in a new process, so that memory is its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", folder], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def seconds(code: str, runs: int = 5) -> float:
    """The best of `runs` new processes that print a time in seconds."""
    return min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(runs)
    )


def main(sizes: tuple[int, ...]) -> int:
    """Print the table; exit 1 where the largest size or the start misses its target."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{'claims':>8} " + " ".join(f"{s:>9}" for s in STEPS) + f" {'peak MB':>9}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            generate(Path(place) / "data", size)
            found = measured_apart(Path(place) / "data")
        print(
            f"{size:>8} " + " ".join(f"{found[s]:>9.3f}" for s in STEPS) + f" {found['MB']:>9.0f}", flush=True
        )
    clock = "import time; {}; t = time.process_time(); {}; print(time.process_time() - t)"
    importing = seconds(clock.format("pass", "import without_recognition"))
    loading = seconds(clock.format("import pandas, without_recognition", "without_recognition.load()"))
    with_pandas = seconds(clock.format("pass", "import without_recognition; without_recognition.load()"))
    print(
        f"import without_recognition: {importing:.3f} s; load() of the book's data: {loading:.3f} s, "
        f"{with_pandas:.3f} s with the first import of pandas (best of five)"
    )
    missed = [
        name
        for name, value, limit in (
            ("load and grade", found["load"] + found["grade"], LIMITS["seconds of load and grade"]),
            ("memory", found["MB"], LIMITS["peak MB"]),
            ("import", importing, 0.25),
            ("load()", loading, 0.4),
        )
        if value > limit
    ]
    print("targets missed: " + ", ".join(missed) if missed else "all targets met")
    return bool(missed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))

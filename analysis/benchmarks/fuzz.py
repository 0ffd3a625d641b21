"""Every parser of what a person writes, under inputs that nobody would: `python analysis/benchmarks/fuzz.py [10000]`.

Inputs come from Hypothesis, the same ones each time: sound ones with damage, and noise. Told in words is well; a
traceback or an answer that takes longer than SECONDS is a fault, printed with its input. Exit 1 at any fault.
"""

from __future__ import annotations

import io
import json
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import chapter_mutants
import conftest
import small_data
import test_chapter_mutants as judge
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from without_recognition import load
from without_recognition.data import (
    check,
    codebook,
    corrections,
    dataset,
    dates,
    series,
    sheets,
    table_reader,
    verify,
)
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.evidence import counts
from without_recognition.findings import telling
from without_recognition.press import PressError
from without_recognition.press.build import sphinx_build, workbench
from without_recognition.press.execution import reading
from without_recognition.press.lint import pages, prose
from without_recognition.press.lint import settings as of_settings

SECONDS = 20
TOLD = (
    DatasetError,
    UnknownId,
    PressError,
    dates.DateError,
    counts.SpecError,
)  #: what the command prints as words
SOUND = chapter_mutants.CHAPTER
ODD = st.sampled_from(
    [
        "\0",
        "\ufeff",
        "\u202e",
        "\ud7ff",
        "\u2028",
        "\U0001f1f5\U0001f1f0",
        "é",
        "e\u0301",
        '"',
        "'",
        "\r",
        "\t",
        "\\",
    ]
    + [
        "{",
        "}",
        "`",
        "```",
        ":::",
        "---\n",
        "<",
        "|",
        "$",
        "[",
        "](",
        "&#0;",
        "<!--",
        "{event}`",
        "%",
        "+++",
        "(x)=\n",
    ]
    + [
        "*" * 40,
        ">" * 200,
        "[" * 200,
        "- " * 60,
        "9" * 400,
        "!!python/object:os.system",
        "&a [*a]",
        "<<: *a",
        "1e999",
    ]
)
NOISE = st.lists(st.one_of(ODD, st.text(max_size=12)), max_size=12).map("".join)


def damaged(sound: str) -> st.SearchStrategy[str]:
    """The text with pieces cut out, doubled, moved, and oddities put in."""

    def done(steps: list[tuple[int, int, str, int]]) -> str:
        text = sound
        for at, length, odd, kind in steps:
            begin = at % (len(text) + 1)
            piece = text[begin : begin + length]
            text = (
                text[:begin] + text[begin + length :],
                text[:begin] + odd + text[begin:],
                text[:begin] + piece + piece + text[begin:],
                text[:begin] + odd + text[begin + length :],
            )[kind]
        return text

    step = st.tuples(
        st.integers(0, 10**6), st.integers(0, 60), st.one_of(ODD, st.text(max_size=8)), st.integers(0, 3)
    )
    return st.one_of(st.lists(step, min_size=1, max_size=8).map(done), NOISE)


def in_bytes(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """The text in one of several encodings, perhaps cut within a letter."""
    codes = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
    written = st.builds(lambda words, code: words.encode(code, "replace"), text, codes)
    return st.one_of(written, written.map(lambda raw: raw[:-1]), st.binary(max_size=60))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), NOISE),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@dataclass
class Room:
    """A folder with sound data and pages, which each input damages in one file that is put back."""

    root: Path
    data: Path = field(init=False)

    def __post_init__(self) -> None:
        chapter_mutants.write(self.root / "site")
        self.data = small_data.write(self.root / "data")
        self.site = self.root / "site"
        self.package = (self.data / "datapackage.json").read_text("utf-8")
        self.history = load(self.data)
        self.book = load()

    @contextmanager
    def holding(self, path: Path, content: bytes) -> Iterator[Path]:
        """`path` with this content, for once."""
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(content)
        try:
            yield path
        finally:
            path.unlink() if before is None else path.write_bytes(before)


# --- the parsers: each takes a room and an input ----------------------------------------------------
def tables(room: Room, raw: bytes) -> None:
    columns = [f["name"] for f in codebook.schema(room.history.package, "claims")["fields"]]
    table_reader.table_rows(raw, "claims.csv", columns)
    text = table_reader.mended(raw, columns)
    assert text is None or table_reader.mended(text.encode(), columns) == text


def packages(room: Room, raw: bytes) -> None:
    with room.holding(room.data / "datapackage.json", raw):
        dataset.descriptor(room.data)


def whole_packages(room: Room, raw: bytes) -> None:
    with room.holding(room.data / "claims.csv", raw):
        check.data_problems(room.data)
        check.canonical(room.data / "claims.csv", dataset.resources(room.history.package)["claims"])


def edtf(room: Room, text: str) -> None:
    span = dates.parse(text)
    assert (
        span.earliest <= span.latest and dates.worded(text) and dates.bare(text) and dates.capitalised(text)
    )


def of_corrections(room: Room, rows: list[dict[str, str]]) -> None:
    columns = [f["name"] for f in codebook.schema(room.history.package, "corrections")["fields"]]
    filled = [{**dict.fromkeys(columns, ""), **row, "correction_id": f"c{n}"} for n, row in enumerate(rows)]
    assert all(
        "; " in told for told in corrections.correction_problems(conftest.make_history(corrections=filled))
    )


def of_series(room: Room, raw: bytes) -> None:
    with room.holding(room.data / "series" / f"{small_data.SERIES}.csv", raw):
        check.data_problems(room.data)
        try:
            series.read(small_data.SERIES, room.history)
        except ValueError as wrong:
            assert check.data_problems(room.data), wrong  # who reads what the check refuses is told so by it


def coders(room: Room, raw: bytes) -> None:
    with room.holding(room.root / "coder-x.csv", raw) as path:
        sheets.read(path, room.history)


def texts(room: Room, raw: bytes) -> None:
    (room.root / "texts").mkdir(exist_ok=True)
    with room.holding(room.root / "texts" / "001.txt", raw):
        verify.fingerprint_problems(room.history, room.root / "texts")


def of_pages(room: Room, raw: bytes) -> None:
    with room.holding(room.site / "book" / "istanbul.md", raw):
        pages.form_problems(room.site / "book")
        list(prose.prose_problems(room.site / "book", ["istanbul"]))
        reading.chapters(room.site / "book")


def roles(room: Room, text: str) -> None:
    str(telling.tell(room.book, text))


def of_counts(room: Room, text: str) -> None:
    counts.number(room.book, text or "x")


def configs(room: Room, raw: bytes) -> None:
    with room.holding(room.site / "_config.yml", raw) as path:
        of_settings.settings_problems(path)


def contents(room: Room, raw: bytes) -> None:
    with room.holding(room.site / "book" / "_toc.yml", raw), judge.over_the_toy(room.site):
        sphinx_build.complaints(room.site)


def commands(room: Room, words: list[str]) -> None:
    for command in (workbench.add, workbench.correct, workbench.retire):
        try:
            command([*words, "--dry-run", "--folder", str(room.data)])
        except SystemExit as ended:  # argparse has said it in words
            assert ended.code in (0, 2)


TABLE = "\n".join(
    [
        ",".join(f["name"] for f in conftest.RESOURCES["claims"]["schema"]["fields"]),
        '2005-talk.1,2005-talk,b-2005,¶2,occurrence,,"Says so, twice.",,affirms,,reported,self,,',
        "2005-talk.2,2005-talk,b-2005,¶2,date,,On that day.,2005-09-01,affirms,,reported,self,,",
        "",
    ]
)
SERIES = (conftest.ROOT / "data" / "series" / f"{small_data.SERIES}.csv").read_text("utf-8")
SHEET = (conftest.ROOT / "data" / "second-coding" / "coder-a.csv").read_text("utf-8")[:3000]
PACKAGE = json.dumps(conftest.PACKAGE)[:200_000]
CONFIG = (conftest.ROOT / "_config.yml").read_text("utf-8")
DATE = damaged("1983~/1989")
WORDS = st.sampled_from(
    [
        "claim",
        "event",
        "events",
        "2005-talk",
        "2005-dinner",
        "title",
        "date",
        "--event",
        "--source",
        "--why",
        "--date",
    ]
    + ["--title=", "--statement", "a-2005", "x", "--", "-h", "--folder"]
)
CELL = st.one_of(
    st.sampled_from(["events", "claims", "2005-dinner", "title", "retired", "changed", "0.2.0", ""]), NOISE
)
ROW = st.dictionaries(
    st.sampled_from(["date", "version", "kind", "table", "key", "column", "was", "now"]), CELL
)
ROLES = "{event}`1947-jinnah-truman` {n}`claims all stance=denies` {src}`dahri-2016 ¶1` {grade}`1947-jinnah-truman`"

Parser = Callable[[Room, object], None]
PARSERS: dict[str, tuple[Parser, st.SearchStrategy, int]] = {  # the last: inputs of every thousand
    "CSV tables": (tables, in_bytes(damaged(TABLE)), 180),
    "CSV tables, whole check": (whole_packages, in_bytes(damaged(TABLE)), 10),
    "EDTF dates": (edtf, st.one_of(DATE, damaged("[1953..1954-02]"), damaged("1953-01-14?")), 180),
    "datapackage.json": (
        packages,
        st.one_of(in_bytes(damaged(PACKAGE)), JSON.map(lambda x: json.dumps(x).encode())),
        60,
    ),
    "corrections": (of_corrections, st.lists(ROW, max_size=4), 60),
    "series": (of_series, in_bytes(damaged(SERIES)), 10),
    "coders' sheets": (coders, in_bytes(damaged(SHEET)), 80),
    "texts for verify": (texts, in_bytes(damaged("One.\n\nTwo words.\n")), 100),
    "chapters": (of_pages, in_bytes(damaged(SOUND)), 70),
    "roles": (roles, damaged(ROLES), 90),
    "counts": (of_counts, damaged("events istanbul grade=documented"), 80),
    "_config.yml": (configs, in_bytes(damaged(CONFIG)), 50),
    "_toc.yml": (contents, in_bytes(damaged(chapter_mutants.CONTENTS)), 5),
    "add, correct, retire": (commands, st.lists(st.one_of(WORDS, NOISE), max_size=9), 25),
}


class Hangs(BaseException):
    """No answer within SECONDS."""


def _hangs(number: int, frame: object) -> None:
    raise Hangs


@dataclass
class Score:
    """What became of the inputs of one parser."""

    inputs: int = 0
    told: int = 0
    faults: list[str] = field(default_factory=list)

    def ask(self, parser: Parser, room: Room, given: object) -> None:
        """One input: taken, told in words, or a fault."""
        self.inputs += 1
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                parser(room, given)
        except TOLD:
            self.told += 1
        except Hangs:
            self.faults.append(f"no answer in {SECONDS} s: {given!r:.400}")
        except Exception:
            last = traceback.format_exc().strip().splitlines()
            self.faults.append(f"{' | '.join(last[-3:])}: {given!r:.400}")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def fuzz(name: str, room: Room, count: int) -> Score:
    """Ask one parser `count` inputs."""
    parser, inputs, _ = PARSERS[name]
    score = Score()

    @seed(count)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def run(given: object) -> None:
        if score.inputs < count:
            score.ask(parser, room, given)

    run()
    return score


def main(count: int = 10_000) -> int:
    """Print a table, then each kind of fault once."""
    signal.signal(signal.SIGALRM, _hangs)
    started, scores = time.perf_counter(), dict[str, Score]()
    print(f"{'parser':<26}{'inputs':>8}{'told':>8}{'faults':>8}{'s':>8}")
    with tempfile.TemporaryDirectory() as place:
        room = Room(Path(place))
        for name, (_, _, share) in PARSERS.items():
            began = time.perf_counter()
            score = scores[name] = fuzz(name, room, max(1, count * share // 1000))
            spent = time.perf_counter() - began
            print(
                f"{name:<26}{score.inputs:>8}{score.told:>8}{len(score.faults):>8}{spent:>8.0f}", flush=True
            )
    total, faults = sum(s.inputs for s in scores.values()), sum(len(s.faults) for s in scores.values())
    print(f"{total} inputs, {faults} faults; {time.perf_counter() - started:.0f} s")
    for name, score in scores.items():
        for told in list({fault.partition(": ")[0]: fault for fault in score.faults}.values())[:5]:
            print(f"{name}: {told}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

"""The workbench: rows come with their id, order and correction; all tables are replaced or none."""

from __future__ import annotations

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
import small_data
from hypothesis import given, settings
from hypothesis import strategies as st
from without_recognition import cli, load
from without_recognition.data import check, new_ids, workbench
from without_recognition.data.messages import DatasetError, UnknownId
from without_recognition.data.rows import by_key
from without_recognition.press.build import release
from without_recognition.press.build import workbench as commands

CLAIM = {
    "event_id": "2005-talk",
    "source_id": "a-2005",
    "locator": "¶4",
    "statement": "Reports the talk.",
    "basis": "reported",
}
EVENT = {
    "chapter": "istanbul",
    "title": "The ministers walk on the bridge",
    "date": "2005-09-02",
    "place": "istanbul",
    "channel": "diplomatic",
    "visibility": "public",
    "summary": "They walked.",
    "source_id": "b-2005",
    "locator": "¶9",
    "statement": "Reports the walk.",
    "basis": "reported",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_data.write(tmp_path / "data")


def state(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write(folder: Path, draft: workbench.Draft) -> None:
    with workbench.tried(folder, draft) as copy:
        assert check.data_problems(copy) == []
    workbench.write_draft(folder, draft)
    assert check.data_problems(folder) == [] and check.fix(folder) == []


def test_a_claim_gets_the_next_number_its_place_and_its_correction(folder: Path) -> None:
    write(folder, workbench.added(load(folder), "claim", CLAIM))
    history = load(folder)
    assert history.claims.loc["2005-talk.3", "stance"] == "affirms"
    (correction,) = history.corrections.to_dict("records")
    assert (correction["kind"], correction["key"]) == ("added", "2005-talk.3")
    assert correction["version"] == history.package["version"].partition(".dev")[0]


def test_an_event_comes_with_the_claims_of_its_first_source(folder: Path) -> None:
    write(folder, workbench.added(load(folder), "event", EVENT, why="Told by a paper."))
    history = load(folder)
    new = "2005-ministers-walk-bridge"
    assert history.claims.loc[[f"{new}.1", f"{new}.2", f"{new}.3"], "value"].tolist() == [
        "",
        "2005-09-02",
        "istanbul",
    ]
    assert len(history.corrections) == 4 and set(history.corrections["reason"]) == {"Told by a paper."}
    assert history.event(new).grade == "attested"


def test_an_event_without_a_source_is_refused_in_words(folder: Path) -> None:
    bare = {c: cell for c, cell in EVENT.items() if c not in workbench.FIRST_CLAIM}
    with pytest.raises(DatasetError, match="needs the words of its first source: give --source, --locator"):
        workbench.added(load(folder), "event", bare)


def test_a_source_is_called_as_its_neighbours_are(folder: Path, book) -> None:
    row = {"publisher": "Dawn", "issued": "2031-02-03", "author": ""}
    assert new_ids.new_id(book, "sources", row) == "dawn-2031-02-03"
    taken = next(s for s in book.sources.index if s.startswith("dawn-2005-09-01"))
    assert taken == "dawn-2005-09-01"
    assert new_ids.new_id(book, "sources", {**row, "issued": "2005-09-01"}) not in book.sources.index
    unknown = {"publisher": "A new press", "issued": "2031", "author": "Müller, Anna; Khan, A."}
    assert new_ids.new_id(book, "sources", unknown) == "muller-2031"


def test_a_retired_number_is_never_given_again(folder: Path) -> None:
    write(folder, workbench.added(load(folder), "claim", CLAIM))
    write(folder, workbench.retired(load(folder), "2005-talk.3", "It was another talk."))
    write(folder, workbench.added(load(folder), "claim", CLAIM))
    assert "2005-talk.4" in load(folder).claims.index and "2005-talk.3" not in load(folder).claims.index


def test_a_retired_event_takes_its_claims_and_keeps_their_ids(folder: Path) -> None:
    write(folder, workbench.retired(load(folder), "2005-talk", "One with the dinner.", heir="2005-dinner"))
    history = load(folder)
    assert "2005-talk" not in history.events.index and len(history.claims) == 3
    kept = history.corrections.set_index("key")
    assert kept["kind"].eq("retired").all()
    assert sorted(kept.index) == ["2005-talk", "2005-talk.1", "2005-talk.2"]
    assert kept.loc["2005-talk", "now"] == "2005-dinner"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("a-2005", "sources.csv: 'a-2005' cannot go, for offices kasuri-fm-2002 and claims "),
        ("kasuri", "actors.csv: 'kasuri' cannot go, for offices kasuri-fm-2002 and "),
    ],
)
def test_what_others_rest_on_is_not_retired_and_they_are_named(folder: Path, key: str, told: str) -> None:
    with pytest.raises(DatasetError) as wrong:
        workbench.retired(load(folder), key, "Withdrawn.")
    assert str(wrong.value).startswith(told)
    assert str(wrong.value).endswith(" rest on it; retire or correct these first")


def test_of_many_rows_three_are_named(folder: Path) -> None:
    history = load(folder)
    rows = history.claims.assign(source_id="a-2005", origin="self")
    with pytest.raises(DatasetError, match=r"claims (2005-\w+\.\d, ){2}2005-\w+\.\d and 2 more rest on it"):
        workbench.retired(history.with_rows(claims=rows), "a-2005", "Withdrawn.")


def test_the_origin_of_another_claim_is_not_retired(folder: Path) -> None:
    relayed = load(folder).with_rows(claims=[{"claim_id": "2005-talk.1", "origin": "2005-dinner.1"}])
    with pytest.raises(DatasetError, match="'2005-dinner' cannot go, for claims 2005-talk.1 rest on it"):
        workbench.retired(relayed, "2005-dinner", "Withdrawn.")


def test_corrections_of_one_cell_follow_each_other(folder: Path) -> None:
    for title in ("A long talk", "A short talk"):
        write(folder, workbench.corrected(load(folder), "events", "2005-talk", "title", title, "Misread."))
    rows = load(folder).corrections[["was", "now"]].to_numpy().tolist()
    assert rows == [["A talk", "A long talk"], ["A long talk", "A short talk"]]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "told"),
    [
        ("event", "2005-tlak", "title", "x", "the nearest is '2005-talk'"),
        ("events", "2005-talk", "titel", "x", "the nearest is 'title'"),
        ("evnts", "2005-talk", "title", "x", "unknown table 'evnts'"),
        ("events", "2005-talk", "title", "A talk", "nothing to correct"),
        ("events", "2005-talk", "event_id", "2005-walk", "no id is given anew"),
        ("events", "2005-talk", "channel", "telepathy", "choose one of diplomatic"),
        ("events", "2005-talk", "date", "Sep-05", "spreadsheet"),
        ("events", "2005-talk", "title", "", "--title: empty; give it"),
        ("corrections", "x", "reason", "x", "unknown table"),
        ("events", "2005-talk", "title", "x" * 200, "200 characters, of which"),
    ],
)
def test_what_cannot_be_corrected_is_told(folder: Path, table, key, column, value, told) -> None:
    with pytest.raises((DatasetError, UnknownId)) as wrong:
        workbench.corrected(load(folder), table, key, column, value, "Why.")
    assert told in str(wrong.value)


@pytest.mark.parametrize("command", [
    ("correct", "events", "2005-tlak", "title", "x"), ("correct", "evnts", "2005-talk", "title", "x"),
    ("correct", "events", "2005-talk", "titel", "x"), ("correct", "documents", "x", "y", "z"),
    ("correct", "event", "2005-talk", "title", "a\udc80"), ("correct", "event", "2005-talk", "title", "a\0"),
    ("retire", "nobody"), ("retire", ""), ("retire", "2005-talk", "--heir", "2005-talk"),
    ("retire", "2005-talk", "--heir", "nobody"),
])  # fmt: skip
def test_the_command_tells_in_words_and_writes_nothing(
    folder: Path, capsys, command: tuple[str, ...]
) -> None:
    before = state(folder)
    assert cli.main([*command, "--why", "x", "--folder", str(folder)]) == 1
    told = capsys.readouterr().err
    assert told and "Traceback" not in told and "--fix" not in told and state(folder) == before


def test_an_office_can_be_added_and_a_thing_be_called_by_its_own_name(folder: Path) -> None:
    cells = {"office_id": "kasuri-mp", "actor_id": "kasuri", "office": "Member", "body": "pakistan-mofa"}
    given = {**cells, "span": "2001/2002", "source_id": "a-2005", "locator": "¶1"}
    argv = [x for column, cell in given.items() for x in (workbench.option(column), cell)]
    with pytest.raises(DatasetError, match="--why: empty; give the reason for this office"):
        commands.add(["office", *argv, "--folder", str(folder)])
    assert commands.add(["office", *argv, "--why", "He sat there.", "--folder", str(folder)]) == 0
    assert (
        commands.correct(["office", "kasuri-mp", "office", "Senator", "--why", "x", "--folder", str(folder)])
        == 0
    )
    assert load(folder).offices.at["kasuri-mp", "office"] == "Senator" and not check.data_problems(folder)
    assert load(folder).corrections["kind"].tolist() == ["added", "changed"]


def test_where_no_id_can_be_made_it_is_asked_for(folder: Path) -> None:
    row = by_key(load(folder).sources)["a-2005"] | {"source_id": ""}
    for change in ({"publisher": "日本"}, {"publisher": "..."}, {"issued": "20XX"}):
        with pytest.raises(DatasetError, match="--source: no id can be made of what is given; give one"):
            workbench.added(load(folder), "source", row | change)
    with pytest.raises(DatasetError, match="--event: no id can be made"):
        workbench.added(load(folder), "event", EVENT | {"title": "日本"})


def test_all_wrong_cells_are_told_at_once(folder: Path) -> None:
    cells = {**CLAIM, "aspect": "weather", "basis": "rumour", "source_id": "nobody", "locator": ""}
    with pytest.raises(DatasetError) as wrong:
        workbench.added(load(folder), "claim", cells)
    assert [line.partition(":")[0] for line in str(wrong.value).splitlines()] == [
        "--source",
        "--locator",
        "--aspect",
        "--basis",
    ]


def run(capsys, *argv: str) -> tuple[int, str]:
    code = getattr(commands, argv[0])([*argv[1:]])
    return code, "".join(capsys.readouterr())


def set_version(folder: Path, version: str) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text("utf-8")) | {"version": version}
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")


def release_it(folder: Path) -> None:
    set_version(folder, "0.2.0")
    release.release(folder)


def test_what_was_published_can_be_retired_with_all_that_hangs_on_it(folder: Path) -> None:
    release_it(folder)
    set_version(folder, "9.9.9.dev0")
    part = ("participants", "2005-dinner/kasuri/party", "claim_id", "2005-dinner.2")
    write(folder, workbench.corrected(load(folder), *part, "so"))
    write(folder, workbench.retired(load(folder), "2005-dinner", "Never told."))
    history = load(folder)
    assert history.participants.empty and history.rulings.empty and history.searches.empty
    assert history.places.empty
    kept = history.corrections[history.corrections["kind"].eq("retired")]
    assert {"2005-dinner", "2005-dinner.1", "2005-minutes"} <= set(kept["key"])


def test_a_correction_without_a_column_frees_no_row(folder: Path) -> None:
    release_it(folder)
    set_version(folder, "9.9.9.dev0")
    write(folder, workbench.corrected(load(folder), "claims", "2005-talk.1", "statement", "Says it.", "so"))
    path = folder / "corrections.csv"
    path.write_text(path.read_text("utf-8").replace(",statement,Says so.,Says it.,", ",,,,"), "utf-8")
    told = [problem.partition(": ")[0] for problem in check.data_problems(folder)]
    assert told == ["claims.csv:5:claim_id", "corrections.csv:2:column"]


def test_an_edition_that_is_pinned_is_not_corrected_but_the_next_one(folder: Path) -> None:
    change = ("claims", "2005-talk.1", "statement", "Says it otherwise.")
    release_it(folder)
    pinned = load(folder).package["version"]
    with pytest.raises(
        DatasetError, match=f"'version' {pinned} is pinned, .* set the next one there, with .dev0"
    ):
        workbench.corrected(load(folder), *change, "so")
    set_version(folder, "9.9.9.dev0")
    write(folder, workbench.corrected(load(folder), *change, "so"))
    assert check.data_problems(folder) == []
    assert list(load(folder).corrections["version"])[-1] == "9.9.9"


def test_what_the_check_refuses_is_not_written(folder: Path, capsys) -> None:
    before = state(folder)
    code, told = run(
        capsys, "correct", "events", "2005-talk", "date", "2005-09-05", "--why", "x", "--folder", str(folder)
    )
    assert code == 1 and "claimed by no source" in told and "nothing was written" in told
    assert state(folder) == before


def test_a_dry_run_shows_the_rows_and_writes_nothing(folder: Path, capsys) -> None:
    before = state(folder)
    given = [x for column, cell in CLAIM.items() for x in (workbench.option(column), cell)]
    code, told = run(capsys, "add", "claim", *given, "--folder", str(folder), "--dry-run")
    assert code == 0 and "+ claims.csv: 2005-talk.3: " in told and "+ corrections.csv: " in told
    assert "grade: 2005-talk occurrence: attested" in told and "-> corroborated" in told
    assert "events.csv:3: summary of 2005-talk: They talked." in told
    assert state(folder) == before
    assert run(capsys, "add", "claim", *given, "--folder", str(folder))[0] == 0
    assert state(folder) != before and not list(folder.glob(".*"))


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["clam"], "the nearest is 'claim'; there are source, event, claim"),
        (
            ["claim", "--evnt", "x"],
            "unknown option '--evnt'; the nearest is '--event'; there are --claim, --event",
        ),
        (["claim", "--event"], "--event: no value; write --event VALUE"),
        (["claim", "--event", "--source", "x"], "--event: no value"),
        (["claim", "--event", "--source=x"], "--event: no value"),
        (["claim", "--event", "x", "--event=y"], "--event: given twice; give it once"),
        (["office", "--office", "X"], "--office-id: empty; give it"),
    ],
)
def test_options_are_told(folder: Path, argv: list[str], told: str) -> None:
    with pytest.raises(DatasetError) as wrong:
        commands.add([*argv, "--folder", str(folder)])
    assert told in str(wrong.value)


@pytest.mark.parametrize("moves", range(3))
def test_who_is_interrupted_finds_the_old_tables_or_the_new_ones(
    folder: Path, monkeypatch, moves: int
) -> None:
    """Killed before the new tables are whole: the old ones; after it: the next command finishes the move."""
    before, draft = state(folder), workbench.added(load(folder), "claim", CLAIM)
    real, done = os.replace, []

    def killed(source, target) -> None:
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", killed)
    if moves < len(draft.files()):
        with pytest.raises(KeyboardInterrupt):
            workbench.write_draft(folder, draft)
    else:
        workbench.write_draft(folder, draft)
    monkeypatch.undo()
    workbench.finish(folder)
    after = state(folder)
    assert after.keys() == before.keys() and check.data_problems(folder) == []
    assert {name for name in after if after[name] != before[name]} == {"claims.csv", "corrections.csv"}


@pytest.mark.parametrize("other", [workbench.finish, check.fix])
def test_nobody_else_moves_the_tables_of_a_change_that_is_under_way(folder: Path, monkeypatch, other) -> None:
    """While the first table is moved another command comes; it waits until all are."""
    draft, real, seen = workbench.added(load(folder), "claim", CLAIM), os.replace, []

    def slowly(source, target) -> None:
        if not seen:
            late = threading.Thread(target=lambda: seen.append(other(folder)))
            seen.append(late)
            late.start()
            late.join(0.2)
            assert late.is_alive()
        real(source, target)

    monkeypatch.setattr(os, "replace", slowly)
    assert workbench.write_draft(folder, draft) == ["claims.csv", "corrections.csv"]
    seen[0].join()
    assert seen[1] == [] and check.data_problems(folder) == []


def test_a_refusal_before_the_tables_are_whole_leaves_the_old_ones(folder: Path, monkeypatch) -> None:
    before, draft = state(folder), workbench.added(load(folder), "claim", CLAIM)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        workbench.write_draft(folder, draft)
    monkeypatch.undo()
    workbench.finish(folder)
    assert {name: raw for name, raw in state(folder).items() if not name.startswith(".")} == before
    write(folder, draft)


def test_what_somebody_else_wrote_meanwhile_is_not_lost(folder: Path) -> None:
    draft = workbench.added(load(folder), "claim", CLAIM)
    write(folder, workbench.corrected(load(folder), "claims", "2005-talk.1", "statement", "Says it.", "x"))
    before = state(folder)
    with pytest.raises(DatasetError, match=r"claims\.csv: changed by somebody .* run the command again"):
        workbench.write_draft(folder, draft)
    assert state(folder) == before


WORK = st.one_of(
    st.just(("add", "2005-talk")),
    st.just(("add", "2005-dinner")),
    st.tuples(st.just("title"), st.text("abc", min_size=1, max_size=4)),
    st.tuples(st.just("retire"), st.integers(0, 9)),
)


@settings(max_examples=12)
@given(st.lists(WORK, min_size=1, max_size=4))
def test_any_order_of_work_leaves_sound_tables(tmp_path_factory, work: list[tuple]) -> None:
    folder = small_data.write(tmp_path_factory.mktemp("work") / "data")
    for what, which in work:
        history = load(folder)
        known = [c for c in history.claims.index if c.startswith("2005-talk.") and c > "2005-talk.2"]
        if what == "add":
            draft = workbench.added(
                history,
                "claim",
                {
                    **CLAIM,
                    "event_id": which,
                    "aspect": "content",
                    "value": f"point-{len(history.corrections)}",
                },
            )
        elif what == "title":
            if history.events.loc["2005-talk", "title"] == which:
                continue
            draft = workbench.corrected(history, "events", "2005-talk", "title", which, "Misread.")
        elif known:
            draft = workbench.retired(history, known[which % len(known)], "Withdrawn.")
        else:
            continue
        write(folder, draft)
    shutil.rmtree(folder.parent)

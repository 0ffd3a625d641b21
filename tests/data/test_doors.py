"""Wrong words at every door, of the command and of the module: one clear line, and the nearest that there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from without_recognition import charts, cli, explain
from without_recognition.data import series
from without_recognition.data.dataset import DatasetError, load
from without_recognition.data.messages import UnknownId


def denied(path: Path) -> Path:
    """A folder whose descriptor is a folder: cannot be read, whoever asks."""
    (path / "datapackage.json").mkdir(parents=True)
    return path


def with_bytes(path: Path, name: str) -> Path:
    path.mkdir()
    (path / name).write_bytes(b"Line.\nM\xfcller")
    return path


@pytest.mark.parametrize(
    ("command", "made", "told"),
    [
        ("check", lambda p: p / "nowhere", "no such folder; give one"),
        ("check", lambda p: p / "file", "no such folder; give one"),
        ("check", lambda p: denied(p / "denied"), "datapackage.json: cannot be read"),
        ("check", lambda p: with_bytes(p / "latin", "datapackage.json"), "datapackage.json: not JSON"),
        ("verify", lambda p: p / "nowhere", "no such folder; give the one"),
        ("verify", lambda p: p / "file", "no such folder; give the one"),
        ("verify", lambda p: with_bytes(p / "latin", "a.txt"), "a.txt:2: not UTF-8; save the file as UTF-8"),
        ("export", lambda p: p / "file", "File exists"),
        ("export", lambda p: p / "file" / "below", "Not a directory"),
        ("run", lambda p: "telegramm", "unknown chapter 'telegramm'; the nearest is 'telegram'"),
        ("run", lambda p: "../telegram", "the nearest is 'telegram'"),
        ("run", lambda p: "a\x1b[2Jb", "unknown chapter 'a\\x1b[2Jb'"),
    ],
)
def test_the_command_answers_in_one_line(
    tmp_path: Path, monkeypatch, capsys, command: str, made, told: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main([command, str(made(tmp_path))]) == 1
    said = capsys.readouterr().err.splitlines()
    assert told in said[0] and "Traceback" not in "".join(said) and len(said) <= 2, said
    assert not list(tmp_path.glob("*.ipynb"))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["biuld"],
        ["run"],
        ["run", "a", "b"],
        ["export"],
        ["export", ""],
        ["verify"],
        ["check", "--nosuch"],
        ["build", "more"],
        ["preview", "more"],
    ],
    ids=" ".join,
)
def test_wrong_words_are_answered_with_the_usage(capsys, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2 and "usage: book" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda h: explain("no-such-id", h), "unknown event 'no-such-id'"),
        (lambda h: explain("1948-ben-gurion-telegrm", h), "the nearest is '1948-ben-gurion-telegram'"),
        (lambda h: h.chapter("x"), "unknown chapter 'x'; the nearest is"),
        (lambda h: h.chapter("telegrm"), "the nearest is 'telegram'"),
        (lambda h: h.chapter(["zia"]), "unknown chapter '['zia']'; the nearest is 'zia'"),
        (lambda h: series.read("us-ad"), "unknown series 'us-ad'; the nearest is 'us-aid'"),
        (
            lambda h: charts.transmission(h, "1948-ben-gurion-telegrm"),
            "the nearest is '1948-ben-gurion-telegram'",
        ),
        (lambda h: charts.rivals(h, "nothing", "date"), "unknown event 'nothing'"),
        (lambda h: charts.rivals(h, "2005-istanbul-meeting", "initiatr"), "the nearest is 'initiator'"),
        (lambda h: charts.rivals(h, "2004-covert-contacts", "count", "yeas"), "the nearest is 'count years'"),
    ],
)
def test_unknown_ids_are_named_with_the_nearest(book, ask, told: str) -> None:
    with pytest.raises(UnknownId) as caught:
        ask(book)
    assert told in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [n for n in charts.__all__ if n not in ("Figure", "rivals", "transmission")])
def test_charts_say_what_they_take(name: str) -> None:
    with pytest.raises(TypeError) as caught:
        getattr(charts, name)("telegram")
    assert "takes a History, not 'telegram'" in str(caught.value) or "too many positional arguments" in str(
        caught.value
    )


def test_a_folder_that_is_not_there_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(
        DatasetError, match=f"no such file in {tmp_path / 'nowhere'}; give a folder that has it"
    ):
        load(tmp_path / "nowhere")

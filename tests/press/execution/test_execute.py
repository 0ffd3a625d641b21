"""Execution: outputs of a real kernel, an honest cache, failures that tell where, nothing left running."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import small_book
from conftest import ROOT
from jupyter_cache import get_cache
from nbclient import NotebookClient
from without_recognition.press import PressError
from without_recognition.press.execution import execute
from without_recognition.press.system import digest

KINDS_OF_OUTPUT = """---
file_format: mystnb
kernelspec: {name: python3}
---
# Kinds of output

```{code-cell}
import matplotlib.pyplot as plt
import pandas as pd
print("one"); print("two")
pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
```

```{code-cell}
plt.plot([1, 4, 9]);
```

```{code-cell}
:tags: [raises-exception]
print("before")
1 / 0
```

```{code-cell}
from IPython.display import HTML, Markdown, display
shown = display("first", display_id=True)
shown.update("second")
display(HTML("<b>bold</b>"), Markdown("*slanted*"))
fig, ax = plt.subplots()
ax.bar(["a", "b"], [3, 1])
fig
```

```{code-cell}
print(_[:0] if isinstance(_, str) else type(_).__name__, __name__)
for n in range(3):
    plt.plot([n, n + 1])
    plt.show()
    print(n)
```

```{code-cell}
%matplotlib inline
%config InlineBackend.figure_formats = ["svg"]
import matplotlib as mpl
mpl.rcParams["svg.hashsalt"] = "fixed"
plt.plot([3, 2, 1]);
```
"""


def one_chapter(root: Path, text: str) -> execute.Chapter:
    small_book.make(root, only=text)
    (chapter,) = execute.chapters(root / "book")
    return chapter


def plain(notebook) -> dict:
    """The notebook as JSON data, without the ids that are random by design."""
    data = json.loads(json.dumps(notebook))
    for cell in data["cells"]:
        cell.pop("id", None)
    return data


def test_outputs_are_those_of_a_real_kernel(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(digest.release_epoch()))
    for name, value in execute.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    chapter = one_chapter(tmp_path, KINDS_OF_OUTPUT)
    ours = execute.run(chapter)
    real = chapter.notebook.copy()
    NotebookClient(real, resources={"metadata": {"path": chapter.path.parent}}, record_timing=False).execute()
    assert plain(ours) == plain(real)
    kinds = {output["output_type"] for cell in ours.cells for output in cell.get("outputs", [])}
    assert kinds == {"stream", "execute_result", "display_data", "error"}


def test_failure_names_chapter_line_cell_and_traceback(tmp_path):
    code = "def halve(n):\n    return n / 0\n\nhalve(3)"
    with pytest.raises(PressError) as caught:
        execute.run(one_chapter(tmp_path, small_book.chapter("Bad", code)))
    message = str(caught.value)
    assert message.startswith("book/only.md:10: cell 1 failed")
    assert "ZeroDivisionError: division by zero" in message and "return n / 0" in message
    assert "\x1b" not in message


def test_chapters_in_folders_are_named_in_full_and_unreadable_ones_told(tmp_path):
    root = small_book.make(tmp_path, one=small_book.chapter("One", "1"))
    (root / "book" / "findings").mkdir()
    page = root / "book" / "findings" / "two.md"
    page.write_text(small_book.chapter("Two", "2"))
    assert [each.where(None) for each in execute.chapters(root / "book")] == [
        "book/findings/two.md",
        "book/one.md",
    ]
    (one,) = execute.chapters(root / "book", ["findings/**"])
    assert one.name == "one"
    assert [each.name for each in execute.chapters(root / "book", known={one.digest})] == ["two"]
    page.write_text(small_book.chapter("Two", ":tags: [unclosed\n2"))
    with pytest.raises(PressError, match="book/findings/two.md: not a readable notebook"):
        execute.chapters(root / "book")


@pytest.mark.parametrize("name", [b"a%41b", b"a?b", b"a\xffb"])
def test_a_folder_that_the_cache_would_take_for_another_is_refused_in_words(tmp_path, name: bytes) -> None:
    root = tmp_path / os.fsdecode(name)
    (root / "book").mkdir(parents=True)
    config = SimpleNamespace(exclude_patterns=[], source_suffix={".md": "myst-nb"}, nb_execution_mode="cache")
    shutil.copy(ROOT / "requirements.lock", root)
    with pytest.raises(
        PressError, match="the cache of notebooks cannot lie in a folder whose name has .*; rename it"
    ):
        execute.run_chapters(SimpleNamespace(srcdir=root / "book"), config)
    assert not (root / "_build").exists()


def test_a_chapter_that_runs_too_long_is_ended(tmp_path):
    chapter = one_chapter(tmp_path, small_book.chapter("Slow", "while True: pass"))
    began = time.monotonic()
    with pytest.raises(PressError, match=r"cell 1 failed\nTimeoutError: the chapter ran for more than 1 s"):
        execute.run(chapter, seconds=1)
    assert time.monotonic() - began < 30


def test_a_chapter_that_eats_all_memory_fails_alone(tmp_path):
    with pytest.raises(PressError, match="MemoryError"):
        execute.run(one_chapter(tmp_path, small_book.chapter("Greedy", "x = bytearray(1 << 33)")))


def test_a_chapter_whose_process_dies_is_reported(tmp_path):
    code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    with pytest.raises(PressError, match=r"cell 1 failed\nThe chapter's process died \(SIGSEGV\)"):
        execute.run(one_chapter(tmp_path, small_book.chapter("Crash", code)))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_runs_on_after_the_build_is_ended(tmp_path, how):
    marker = tmp_path / "pid"
    code = f"import os, time\nopen({str(marker)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"
    one_chapter(tmp_path, small_book.chapter("Sleep", code))
    program = (
        "from without_recognition.press.execution import execute; from pathlib import Path\n"
        f"execute.run(execute.chapters(Path({str(tmp_path / 'book')!r}))[0])"
    )
    build = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    wait_for(lambda: marker.is_file() and marker.read_text())
    child = int(marker.read_text())
    build.send_signal(how)
    build.wait(timeout=30)
    wait_for(lambda: not alive(child))


def wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether `pid` runs; a zombie that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_words_run_no_cell_and_tags_do(tmp_path):
    log = tmp_path / "log"
    code = f"with open({str(log)!r}, 'a') as f: f.write('x')"
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", code))
    page = root / "book" / "only.md"
    assert small_book.stock_build(root, "-W", "--keep-going").returncode == 0
    assert log.read_text() == "x"
    page.write_text(page.read_text().replace("Words.", "Other words."))
    assert small_book.stock_build(root, "-W", "--keep-going").returncode == 0
    assert log.read_text() == "x" and "Other words." in (root / "_build/html/only.html").read_text()
    page.write_text(page.read_text().replace("{code-cell}", "{code-cell}\n:tags: [raises-exception]"))
    assert small_book.stock_build(root, "-W", "--keep-going").returncode == 0
    assert log.read_text() == "xx"


def test_a_damaged_cache_heals(tmp_path):
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    assert small_book.stock_build(root).returncode == 0
    (held,) = execute.cache_folder(root).glob("executed/*/base.ipynb")
    held.write_text(held.read_text()[:40])
    assert small_book.stock_build(root, "--all").returncode == 0
    assert json.loads(held.read_text())["cells"][0]["outputs"][0]["text"] == ["42\n"]
    held.unlink()
    assert small_book.stock_build(root, "--all").returncode == 0
    assert "42" in (root / "_build/html/only.html").read_text()


@pytest.mark.parametrize("left", ["", "not a database", "CREATE TABLE settings (pk INTEGER)"])
def test_a_cache_without_its_tables_heals(tmp_path, left):
    root = small_book.make(tmp_path / "site", only=small_book.chapter("One", "print(6 * 7)"))
    folder = execute.cache_folder(root)
    folder.mkdir(parents=True)
    if left.startswith("CREATE"):
        with sqlite3.connect(folder / "global.db") as database:
            database.execute(left)
    else:
        (folder / "global.db").write_text(left)
    assert small_book.stock_build(root).returncode == 0
    assert "42" in (root / "_build/html/only.html").read_text()


def test_digest_follows_data_code_and_lock(tmp_path, monkeypatch):
    package, data = tmp_path / "without_recognition", tmp_path / "data"
    for folder in (package, data):
        folder.mkdir()
        (folder / "file").write_text("one")
    (tmp_path / "requirements.lock").write_text("a==1")
    (tmp_path / "book").mkdir()
    monkeypatch.setattr(digest.without_recognition, "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(digest, "data_folder", lambda: data)
    seen = [digest.digest_of_execution(tmp_path)]
    for path in (package / "file", data / "file", tmp_path / "requirements.lock"):
        path.write_text("two")
        seen.append(digest.digest_of_execution(tmp_path))
    assert len(set(seen)) == len(seen)
    before = digest.digest_of_book(tmp_path)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_text("noise")
    assert digest.digest_of_execution(tmp_path) == seen[-1] and digest.digest_of_book(tmp_path) == before
    (tmp_path / "book" / "intro.md").write_text("words")
    assert digest.digest_of_execution(tmp_path) == seen[-1] and digest.digest_of_book(tmp_path) != before


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (small_book.chapter("Bad", "1 / 0"), "ZeroDivisionError"),
        (small_book.chapter("Bad", "print(1)", prose="See [nothing](missing.md)."), "missing.md"),
        (small_book.chapter("Bad", "import warnings; warnings.warn('careful')"), "stderr"),
    ],
    ids=["cell", "link", "warning"],
)
def test_a_broken_book_fails_on_the_second_run_as_on_the_first(tmp_path, text, complaint):
    root = small_book.make(tmp_path / "site", good=small_book.chapter("Good", "print(1)"), bad=text)
    for attempt in ("first", "second"):
        built = small_book.stock_build(root, "-W", "--keep-going")
        assert built.returncode != 0, attempt
        assert complaint in built.stdout + built.stderr, attempt


def test_a_failed_chapter_does_not_keep_others_from_the_cache(tmp_path):
    root = small_book.make(
        tmp_path / "site", bad=small_book.chapter("Bad", "1 / 0"), good=small_book.chapter("Good", "print(1)")
    )
    assert small_book.stock_build(root).returncode != 0
    assert len(get_cache(execute.cache_folder(root)).list_cache_records()) == 1


def test_environment_of_chapters_is_fixed(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Karachi")
    code = "import os, time\nprint(time.tzname[0], os.environ['PYTHONHASHSEED'])"
    notebook = execute.run(one_chapter(tmp_path, small_book.chapter("Env", code)))
    assert notebook.cells[1].outputs[0].text == "UTC 0\n"
    assert os.environ["TZ"] == "Asia/Karachi"


READS = {
    "pandas": "import pandas as pd; pd.read_csv('notes.csv')",
    "numpy": "import numpy as np; np.fromfile('notes.csv')",
    "pathlib": "from pathlib import Path; Path('notes.csv').read_text()",
    "descriptor": "import os; os.open('notes.csv', os.O_RDWR)",
    "appends": "open('notes.csv', 'a').close(); open('notes.csv').read()",
    "caught": "try:\n    open('notes.csv')\nexcept OSError:\n    print('nothing there')",
    "linked": "import os; os.symlink('notes.csv', 'data.csv'); open('data.csv')",
    "module": "import sys; sys.path.append('.'); import helper",
    "database": "import sqlite3; sqlite3.connect('notes.csv')",
    "network": "import urllib.request as u; u.urlopen('http://127.0.0.1:9/')",
    "process": "import subprocess; subprocess.run(['cat', 'notes.csv'])",
    "shell": "import os; os.system('cat notes.csv')",
    "magic": "!cat notes.csv",
    "system": "open('/etc/passwd')",
}
REMEDY = "put what it needs into data/, as a resource of datapackage.json"
OUTSIDE = f"{{}} failed\nreads {{}}, which is outside data/; {REMEDY}"
PROCESS = "starts another process, and what that reads nobody knows; do it in Python"
ALLOWED = """\
import json, os, tempfile, zoneinfo
from pathlib import Path
import matplotlib, numpy as np
import without_recognition, colorsys, pandas.io.json
from without_recognition.data.dataset import data_folder
with tempfile.TemporaryDirectory() as folder:
    made = Path(folder) / "made.npy"
    np.save(made, np.arange(3))
    print(np.load(made).sum())
print(len(json.loads((data_folder() / "datapackage.json").read_text())["name"]) > 3)
print(zoneinfo.ZoneInfo("Asia/Karachi"), os.path.exists("/etc/passwd"), Path("/proc/stat").read_bytes() > b"")
print(len(Path(without_recognition.__file__).read_text()) > 0, os.listdir(".") != [])
try:
    open("no such file")
except FileNotFoundError:
    print("absent")
"""


def test_a_chapter_that_reads_outside_data_fails(tmp_path):
    root = small_book.make(tmp_path, **{name: small_book.chapter(name, code) for name, code in READS.items()})
    (root / "book" / "notes.csv").write_text("a,b\n1,2\n")
    (root / "book" / "helper.py").write_text("")
    chapters = execute.chapters(root / "book")
    cache = get_cache(tmp_path / "cache")
    with pytest.raises(PressError) as caught:
        execute._execute(chapters, cache, execute._Runner(), 60)
    told = {text.partition(".md")[0].partition("/")[2]: text for text in str(caught.value).split("\n\n")}
    assert told.keys() == READS.keys() and not cache.list_cache_records()
    place = {each.name: each.where(1) for each in chapters}
    others = {"linked": "data.csv", "module": str(root / "book" / "helper.py"), "system": "/etc/passwd"}
    expected = {name: OUTSIDE.format(place[name], others.get(name, "notes.csv")) for name in READS}
    for name, reason in {
        "database": f"opens the database notes.csv, which may not be in data/; {REMEDY}",
        "network": f"uses the network, which a chapter may not; {REMEDY}",
        **dict.fromkeys(("process", "shell", "magic"), PROCESS),
    }.items():
        expected[name] = f"{place[name]} failed\n{reason}"
    assert told == expected


def test_a_chapter_reads_data_libraries_and_what_it_wrote(tmp_path):
    notebook = execute.run(one_chapter(tmp_path, small_book.chapter("Good", ALLOWED)))
    said = "3\nTrue\nAsia/Karachi True True\nTrue True\nabsent\n"
    assert notebook.cells[1].outputs[0].text == said


def test_figures_do_not_follow_the_settings_of_a_user(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "matplotlibrc").write_text("figure.dpi: 31\n")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "home"))
    code = "import matplotlib; print(matplotlib.rcParams['figure.dpi'])"
    notebook = execute.run(one_chapter(tmp_path / "site", small_book.chapter("Settings", code)))
    assert notebook.cells[1].outputs[0].text == "100.0\n"

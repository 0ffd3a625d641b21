"""Letters that nobody sees or that are not what was meant are told in every table, page and setting; no others are."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import small_data
from conftest import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st
from test_check import put
from without_recognition.data import check, letters
from without_recognition.data.dataset import load
from without_recognition.press.lint import signs
from without_recognition.press.print import pdf

WORDS = ["Müller", "پاکستان اور اسرائیل", "את הסכמי", "Žižek", "“quoted” – ‘so’ …", "एक युद्ध", "می‌خواهم", "€ 5", "CAFÉ”",
         "İstanbul", "Erdoğan", "Ḥaifa", "ʿAbd al-Raḥmān", "→ ¶ § °", "Ä–Ö", "naïve", "Đặng", "ქართული"]  # fmt: skip
ODD = [
    ("a\u00a0b", 1, "no-break space (U+00A0); write a plain space"),
    ("a\u2009b", 1, "thin space (U+2009)"),
    ("a\u3000b", 1, "ideographic space (U+3000)"),
    ("a\u202fb", 1, "narrow no-break space (U+202F)"),
    ("pass\u200bword", 4, "zero width space (U+200B), which nobody sees; remove it"),
    ("\ufeffa", 0, "zero width no-break space (U+FEFF)"),
    ("co\u00adop", 2, "soft hyphen (U+00AD)"),
    ("a\u200eb", 1, "left-to-right mark (U+200E)"),
    ("a\u200db", 1, "zero width joiner (U+200D)"),
    ("a\u2060b", 1, "word joiner (U+2060)"),
    ("M\ufffdller", 1, "replacement character (U+FFFD), where a letter was lost; type it anew"),
    ("a\ue000", 1, "a character (U+E000), which no font has"),
    ("Mu\u0308ller", 1, "a letter in parts (not NFC); write 'ü' as one letter"),
    ("e\u0301", 0, "a letter in parts (not NFC); write 'é' as one letter"),
    ("Müller's cafÃ©", 12, "'Ã©' was read in a wrong encoding; write 'é'"),
    ("Donâ€™t", 3, "'â€™' was read in a wrong encoding; write '’'"),
    ("Ù¾Ø§Ú©", 0, "was read in a wrong encoding; write 'پاک'"),
    ("×\x90×ª", 0, "was read in a wrong encoding; write 'את'"),
]


@pytest.mark.parametrize("text", WORDS)
def test_words_of_any_script_are_left_alone(text: str) -> None:
    assert letters.odd(text) is None


@pytest.mark.parametrize(("text", "at", "told"), ODD, ids=[ascii(o[0]) for o in ODD])
def test_odd_letters_have_a_place_a_name_and_a_remedy(text: str, at: int, told: str) -> None:
    fault = letters.odd(text)
    assert fault is not None and told in fault[1] and "; " in fault[1], fault
    assert fault[0] == at


@given(st.text(st.characters(categories=["L", "Mn", "Mc", "N", "P", "S", "Zs", "Cf", "Co"]), max_size=12))
def test_what_passes_is_composed_and_holds_nothing_unseen(text: str) -> None:
    if letters.odd(text) is None:
        assert unicodedata.normalize("NFC", text) == text
        assert not set(text) & set("\ufffd\u00a0\u200b\u200e\u200f\u2060\u00ad\ufeff")
        assert all(c == " " or unicodedata.category(c) not in ("Zs", "Co") for c in text)


@given(
    st.text(
        st.characters(min_codepoint=0xA0, max_codepoint=0xFFFF, categories=["Lu", "Ll", "Lo"]),
        min_size=1,
        max_size=8,
    )
)
def test_mojibake_of_any_word_is_told_with_the_word(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    assume(letters.odd(word) is None)
    broken = word.encode().decode("latin-1")
    fault = letters.odd(broken) or letters._mojibake(broken)
    assert fault is not None, ascii(broken)
    assert letters._mojibake(broken) == (0, f"'{broken}' was read in a wrong encoding; write '{word}'")


ADDRESSES = [
    ("https://example.org/a_b?c=d&e=%D8%A7#f", ""),
    ("http://judaism_enc.en-academic.com/15070/pakistan", ""),
    ("https://example.org:8080/(a);b=c,d!$'*+@~", ""),
    ("https://xn--bcher-kva.example/", ""),
    ("ftp://example.org/", "is no address of the web; begin it with https://"),
    ("https://", "names no host"),
    ("https://localhost/", "names no host"),
    ("https://user:secret@example.org/", "names no host"),
    ("https://exa mple.org/", "names no host"),
    ("https://example.org/a b", "' ' must be encoded; write %20"),
    ("https://example.org/أ", "'أ' must be encoded; write %D8%A3"),
    ("https://example.org/pakistán", "'á' must be encoded; write %C3%A1"),
    ("https://example.org/[a]", "'[' must be encoded; write %5B"),
    ('https://example.org/"', "must be encoded; write %22"),
    ("https://example.org/#a#b", "'#' must be encoded; write %23"),
    ("https://example.org/100%", "a % that encodes nothing; write %25"),
    ("https://example.org/%zz", "a % that encodes nothing; write %25"),
    ("https://example.org/%25D8%25A7", "is encoded twice, at '%25D8'; write %D8"),
]


@pytest.mark.parametrize(("text", "told"), ADDRESSES)
def test_an_address_is_a_uri_encoded_once(text: str, told: str) -> None:
    fault = letters.address(text)
    assert (told == "") == (fault is None)
    assert fault is None or told in fault[1], fault


@given(st.text(max_size=12), st.text(max_size=12))
def test_an_address_that_is_encoded_passes_and_encoded_again_does_not(path: str, query: str) -> None:
    path, query = path.encode("utf-8", "ignore").decode(), query.encode("utf-8", "ignore").decode()
    once = f"https://example.org/{quote(path)}?q={quote(query, safe='')}"
    twice = letters.address(once)
    assert twice is None or "encoded twice" in twice[1]  # the words themselves may look encoded
    if twice is None:
        assert urlsplit(once).geturl().rstrip("?") == once.rstrip("?")
        again = f"https://example.org/{quote(quote(path))}"
        assert ("%" in quote(path)) == (letters.address(again) is not None)


@pytest.mark.parametrize(
    ("text", "told"),
    [(o[0], o[2]) for o in ODD if not {"\x90", "\ufeff"} & set(o[0])],
    ids=lambda v: ascii(v)[:20],
)
def test_check_names_the_row_and_column_of_a_cell(tmp_path: Path, text: str, told: str) -> None:
    folder = small_data.write(tmp_path / "data")
    put(folder, "claims", 3, "statement", f"Says {text} so.")
    found = [p for p in check.data_problems(folder) if p.startswith("claims.csv:3:statement: ")]
    assert len(found) == 1 and "; " in found[0] and told.partition("(U+")[0] in found[0], found


def test_check_names_the_row_and_column_of_an_address(tmp_path: Path) -> None:
    folder = small_data.write(tmp_path / "data")
    put(folder, "sources", 2, "url", "https://example.org/%25D8")
    assert any(
        p.startswith("sources.csv:2:url: ") and "encoded twice" in p for p in check.data_problems(folder)
    )


def page(root: Path, *lines: str) -> list[str]:
    (root / "book").mkdir()
    (root / "book" / "one.md").write_text("\n".join(["# One", "", *lines, ""]), "utf-8")
    return signs.letter_problems(root, load(small_data.write(root / "data")), pdf.without_font)


def test_pages_are_looked_through_with_row_and_column(tmp_path: Path) -> None:
    found = page(
        tmp_path, "Say\u00a0so.", "See [it](https://example.org/a|b), and", "<https://example.org/é>."
    )
    assert [p.partition(": ")[0] for p in found] == [
        "book/one.md:3:4", "book/one.md:4:31", "book/one.md:5:22"
    ]  # fmt: skip


def test_an_address_ends_where_its_sentence_goes_on(tmp_path: Path) -> None:
    assert (
        page(tmp_path, "(see https://example.org/a_(b)), *https://example.org/c*; `https://example.org/`.")
        == []
    )


def test_settings_are_looked_through(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: Caf\u00c3\u00a9\n", "utf-8")
    assert page(tmp_path)[0].startswith("_config.yml:1:11: 'Ã©' was read in a wrong encoding; write 'é'")


def test_letters_without_a_font_are_told_before_the_build(tmp_path: Path) -> None:
    folder = small_data.write(tmp_path / "data")
    put(folder, "sources", 2, "title", "巴拉克在巴黎 🇵🇰")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "one.md").write_text("# Ünë پاک את ఒక\n", "utf-8")
    found = signs.letter_problems(tmp_path, load(folder), pdf.without_font)
    assert [p.partition(": ")[0] for p in found] == ["sources.csv:2:title", "book/one.md:1:1"]
    assert (
        "no font of the PDF has '克' (U+514B)" in found[0]
        and "add a font to press/print/assets/fonts" in found[0]
    )
    assert "'ఒ'" in found[1] and "'ë'" not in found[1] and "'א'" not in found[1]


def test_the_book_itself_has_none(book) -> None:
    assert signs.letter_problems(ROOT, book, pdf.without_font) == []

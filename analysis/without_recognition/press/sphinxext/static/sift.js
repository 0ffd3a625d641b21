/* What the finder, the long lists and the explorer sift with: how words are folded, which texts hold them, and a list
   that is shown sixty things at a time. Words are folded as data/folding.py folds them, and the tests hold the two
   together: a change here is a change there. */
(() => {
  "use strict";

  /* --- folding: the same lists, in the same order, as folding.py --- */
  const MONTHS = "january february march april may june july august september october november december".split(" ");
  const STOP = new Set("a an and as at be by for from in into is it its of on or that the to was were with".split(" "));
  const LETTERS = {
    "ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "ð": "d", "þ": "th",
    "ك": "ک", "ي": "ی", "ى": "ی", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ە": "ہ", "ٱ": "ا", "ے": "ی",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
  };
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xae6]) {
    for (let n = 0; n < 10; n++) LETTERS[String.fromCodePoint(zero + n)] = String(n);
  }
  const UNHEARD = /['’‘ʼʻʿʾ\u0060´׳״\u0640\u200b-\u200f\u2060\ufeff]/g;
  const HYPHEN = /[-\u2010\u2011]/;
  const DAY = /(?<!\d)(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)/g;
  const INITIALS = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu;
  const RUN = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
  const NUMBER = /^0*(\d+?)(?:st|nd|rd|th)?$/;
  const LATIN = /^[a-z]+$/;
  const SPELLING = [
    [/z/g, "s"],
    [/our(?=(?:s|ed|ing|able|al|er|ers|ite|ly)?$)(?<=.{4})/g, "or"],
    [/(?<=[tb])re(?=s?$)(?<=.{5})/g, "er"],
    [/^(def|off|pret|lic)ence/, "$1ense"],
    [/programme/g, "program"],
    [/dgement/g, "dgment"],
    [/ogue(?=s?$)/, "og"],
    [/^grey/, "gray"],
    [/ck/g, "k"],
    [/q/g, "k"],
    [/(?<=[a-z]{3})(?<!s)s$/, ""],
    [/(.)\1+/g, "$1"],
    [/(?<=..)ah$/, "a"],
  ];
  const SOUNDS = [
    [/kh/g, "k"],
    [/[gt]?ch/g, "h"],
    [/gh/g, "g"],
    [/ph/g, "f"],
    [/ts|[sc]h|x/g, "s"],
    [/[td]h/g, (found) => found[0]],
    [/w/g, "v"],
    [/c/g, "k"],
    [/(?<=.)[aeiouyh]+/g, ""],
    [/^[aeiouy]/, "a"],
  ];
  const SHORTEST_KEY = 3;
  const replaced = (word, list) => list.reduce((text, [pattern, to]) => text.replace(pattern, to), word);

  const once = (make, known = new Map()) => (word) => {
    if (!known.has(word)) known.set(word, make(word));
    return known.get(word);
  };

  const spelled = once((word) => {
    const number = NUMBER.exec(word);
    if (number) return number[1];
    return LATIN.test(word) ? replaced(word, SPELLING) : word;
  });

  const key = once((word) => {
    if (!LATIN.test(word)) return "";
    const heard = replaced(word, SOUNDS);
    return heard.length >= SHORTEST_KEY ? heard : "";
  });

  function words(text, joined = false) {
    const ascii = /^[\x00-\x7f]*$/.test(text), lower = text.toLowerCase();
    const plain = (ascii ? lower : text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
      .replace(/[^\x00-\x7f]/gu, (c) => LETTERS[c] ?? c)).replace(UNHEARD, "")
      .replace(INITIALS, (found) => found.replaceAll(".", ""))
      .replace(DAY, (all, year, month, day) => (MONTHS[month - 1] ? ` ${year} ${MONTHS[month - 1]} ${day ?? ""}` : all));
    const found = [];
    for (const run of plain.match(RUN) ?? []) {
      const parts = run.split(HYPHEN);
      for (const part of parts) if (!STOP.has(part)) found.push(spelled(part));
      if (joined && parts.length > 1) found.push(spelled(parts.join("")));
    }
    return found;
  }

  /* Names are known by their keys too: of a text, by those of the words that begin with a capital. */
  const keys = (list) => [...new Set(list.map(key).filter(Boolean))].map((one) => `~${one}`);
  const named = (text) => keys(words((text.match(/\p{Lu}[\p{L}'’-]+/gu) ?? []).join(" ")));

  /* --- which of many texts hold all words of a query, each as the beginning of a word or as a name that sounds alike.
     A key of three letters is one of too many names for a list, which has no order of likeness. --- */
  const LONG_KEY = 4;
  const indexed = (text) => ` ${[...words(text, true), ...named(text)].join(" ")} `;
  const asked = (query) => words(query).map((word) => [` ${word}`, key(word).length >= LONG_KEY && ` ~${key(word)} `]);
  const holds = (index, query) => query.every(([word, heard]) => index.includes(word) || (heard && index.includes(heard)));

  /* --- a page at a time: buttons where `first` and `last` put a paragraph; `draw` shows the list anew --- */
  const PAGE = 60;
  const number = (count) => count.toLocaleString("en");
  function paged(first, last, draw) {
    let from = 0, to = PAGE;
    const button = (act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.addEventListener("click", () => { act(); draw(); });
      return made;
    };
    const earlier = button(() => { from -= PAGE; }), next = button(() => { to += PAGE; });
    const all = button(() => { from = 0; to = Infinity; });
    const [before, after] = [[first, earlier], [last, next, " ", all]].map(([put, ...inside]) => {
      const made = document.createElement("p");
      made.className = "wr-more-rows wr-screen";
      made.append(...inside);
      put(made);
      return made;
    });
    earlier.textContent = `Show ${PAGE} before`;
    all.textContent = "Show all";
    return {
      begin() { from = 0; to = PAGE; },
      open(place) { from = place - place % PAGE; to = from + PAGE; }, /* the page in which something stands */
      shows: (place) => place >= from && place < to,
      told(count) {
        before.hidden = !from;
        after.hidden = !from && count <= to;
        next.hidden = count <= to;
        next.textContent = `Show ${Math.min(PAGE, count - to)} more`;
      },
    };
  }

  window.wrSift = { MONTHS, words, key, keys, named, indexed, asked, holds, number, paged };
})();

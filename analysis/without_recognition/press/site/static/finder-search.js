/* What the finder knows: which things are nearest to a query. Loaded, with the index, MiniSearch and sift.js, when
   somebody first wants to find something. */
(() => {
  "use strict";

  const { MONTHS, words, key, keys, named } = window.wrSift;

  /* --- the index --- */
  const KINDS = { event: "Events", person: "People and institutions", section: "Sections", figure: "Figures", source: "Sources", dispute: "Disputes", search: "Searches" };
  const ONE = { event: "Event", person: "Person or institution", section: "Section", figure: "Figure", source: "Source", dispute: "Dispute", search: "Search" };
  const WEIGHT = { event: 1.25, person: 1.4, section: 1.05, figure: 0.9, source: 0.85, dispute: 0.7, search: 0.7 };
  const BOOST = { title: 4, names: 2.2, when: 2.5, line: 1, more: 0.5 };
  const ALL = Object.keys(BOOST);
  let items = [], engine = null, signs = {}, complete = false;

  /* Words of one field, each once. Names have keys too, and their neighbours joined ("Ben Gurion", "Bengurion"); in
     titles what begins with a capital may be a name. `more` is folded already. */
  function tokens(text, field) {
    if (field === "ids" || field === "more") return text ? text.split(" ") : [];
    if (field === "names") return text;
    const found = new Set(words(text, true));
    return [...found, ...(field === "title" ? named(text) : [])];
  }

  function heard(names) {
    const found = [...new Set(words(names, true))];
    return [...found, ...keys(found)];
  }

  function joined(names) {
    const found = names.split("; ").flatMap((name) => { const list = words(name); return list.slice(1).map((word, n) => list[n] + word); });
    return [...found, ...keys(found)];
  }

  /* word by word the places in `event` of those whose claims have it, as finder.py packs them */
  function unpacked([words, numbers], LAST = 70) {
    const SYMBOLS = Array.from({ length: 92 }, (_, n) => String.fromCharCode(35 + n)).filter((one) => one !== "\\").join("");
    const more = [], lists = numbers.split(" ");
    let word = "";
    for (const [n, [said]] of [...words.matchAll(/[A-U][^A-U]*/g)].entries()) {
      word = word.slice(0, said.charCodeAt(0) - 65) + said.slice(1);
      let event = -1, high = 0;
      for (const symbol of lists[n]) {
        const digit = SYMBOLS.indexOf(symbol);
        if (digit >= LAST) { high = high * (SYMBOLS.length - LAST) + digit - LAST; continue; }
        event += high * LAST + digit + 1;
        high = 0;
        (more[event] ??= []).push(word);
      }
    }
    return more;
  }

  function dated(id) { /* "1 September 2005" of "dawn-2005-09-01" */
    const [, year, month, day] = id.match(/(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/), name = MONTHS[month - 1] ?? "";
    return [Number(day) || "", name && name[0].toUpperCase() + name.slice(1), year].filter(Boolean).join(" ");
  }

  function read(index) {
    const add = (kind, page, anchor, item) =>
      items.push({ names: [], when: "", line: "", more: "", grade: "", ids: `=${anchor.slice(2)}`, weight: WEIGHT[kind], ...item,
        kind, anchor, id: items.length,
        href: page < 0 ? `${index.folders[kind]}/${anchor.slice(2)}.html` : index.pages[page] + (anchor && `#${anchor}`) });
    const spellings = index.person.map(([, , name, other]) => heard(`${name}; ${other}`));
    const told = unpacked(index.told);
    for (const [n, [page, id, title, when, grade, line, who, years]] of index.event.entries()) {
      const more = [years, ...(told[n] ?? [])].join(" ").trim();
      add("event", page, `e-${id}`, { title, when, grade, line, more, names: [...new Set(who.flatMap((n) => spellings[n]))],
        weight: WEIGHT.event + Math.log1p(told[n]?.length ?? 0) / 20 }); /* of two alike, first the one of which more is told */
    }
    for (const [n, [page, id, title, other, line, parts]] of index.person.entries()) {
      add("person", page, `a-${id}`, { title, line, also: other, names: [...new Set([...spellings[n], ...joined(`${title}; ${other}`)])], weight: WEIGHT.person + Math.log1p(parts) / 8 });
    }
    for (const [page, id, title, who, when, line, more] of index.source) {
      add("source", page, `s-${id}`, { title, when: when === 0 ? dated(id) : when, more, names: heard(who), line: [who, line].filter(Boolean).join(": ") });
    }
    for (const [page, anchor, event, aspect, grade, line] of index.dispute) {
      add("dispute", page, anchor, { title: `${index.event[event][2]}: ${aspect[0].toLowerCase()}${aspect.slice(1)}`, grade, line });
    }
    for (const kind of ["section", "figure", "search"]) {
      for (const [page, anchor, title, line, more = ""] of index[kind]) add(kind, page, anchor, { title, line, more });
    }
    signs = index.signs;
    engine = new MiniSearch({
      fields: [...ALL, "ids"], tokenize: tokens, processTerm: (term) => term,
      extractField: (item, field) => item[field], stringifyField: (value) => value,
    });
    return engine.addAllAsync(items, { chunkSize: 100 }).then(() => { complete = true; });
  }

  /* --- asking --- */
  const plainly = { tokenize: (text) => [text], processTerm: (term) => term };

  function swapped(word) { /* two letters that changed places */
    const letters = [...word];
    return letters.slice(1).map((c, n) => [...letters.slice(0, n), c, letters[n], ...letters.slice(n + 2)].join(""))
      .filter((one) => one !== word);
  }

  function term(word, last, deep) {
    const number = /^\d/.test(word), long = word.length >= 4;
    const ways = [{
      ...plainly, queries: [word], fields: ALL, boost: BOOST, prefix: (last && word.length > 1) || (long && !number),
      fuzzy: number || !long ? false : deep && word.length >= 8 ? 2 : 1, weights: { fuzzy: 0.6, prefix: 0.45 },
    }];
    const heard = key(word);
    if (heard) ways.push({ ...plainly, queries: [`~${heard}`], fields: ["title", "names"], boost: { title: 1, names: 0.8 }, prefix: false, fuzzy: false });
    if (long && !number) {
      ways.push({ ...plainly, combineWith: "OR", queries: swapped(word), fields: ["title", "names"], boost: { title: 2, names: 1.1 }, prefix: false, fuzzy: false });
    }
    return { combineWith: "OR", queries: ways };
  }

  const all = (list, deep, how) => ({ combineWith: how, queries: list.map((word, n) => term(word, n === list.length - 1, deep)) });

  function ask(list, raw, deep, how) {
    const joins = how === "AND" && list.length > 1 && list.length < 6
      ? list.slice(1).map((word, n) => all([...list.slice(0, n), list[n] + word, ...list.slice(n + 2)], deep, how)) : [];
    const id = raw.toLowerCase().replace(/^[ecsadqp]-(?=\S)|\.\d+$/g, "");
    const exact = { ...plainly, queries: [`=${id}`], fields: ["ids"], boost: { ids: 60 }, prefix: id.length > 5, fuzzy: false };
    return engine.search({ combineWith: "OR", queries: [all(list, deep, how), ...joins, ...(/\s/.test(id) ? [] : [exact])] },
      { boostDocument: (n) => items[n].weight });
  }

  const DATE = (word) => /^\d+$/.test(word) || MONTHS.includes(word);

  /* how near an item comes to the whole query, beside its words one by one */
  function nearness(item, list, whole) {
    item.folded ??= { title: words(item.title).join(" "), line: words(item.line).join(" "), when: words(item.when) };
    const { title, line, when } = item.folded;
    if (list.every(DATE)) { /* who asks for a month wants its events; first what is dated by the month alone */
      if (!list.every((word) => when.includes(word))) return 0.6;
      return item.kind === "event" ? [9, 5][when.length - list.length] ?? 4 : 1;
    }
    if (title === whole) return 4;
    let near = title.startsWith(`${whole} `) ? 1.8 : title.includes(whole) ? 1.5 : 1;
    if (list.length > 2 && line.includes(whole)) near *= list.length > 3 ? 4 : 2.5;
    return near;
  }

  /* what each word of a query tells: the fewer items have it, the more */
  function rarity(had) {
    const often = new Map();
    for (const some of had) for (const word of some) often.set(word, (often.get(word) || 0) + 1);
    return new Map([...often].map(([word, count]) => [word, Math.log(1 + items.length / count)]));
  }

  /* what is asked for each word of a query (as it is, by sound, with a slip) -> the word */
  const asks = (list) => new Map(list.flatMap((word) => [`~${key(word)}`, ...swapped(word)].map((one) => [one, word])).concat(list.map((word) => [word, word])));

  /* the items found, best first, each once */
  function search(text) {
    const raw = text.trim(), list = words(raw);
    if (!list.length) return [];
    let found = ask(list, raw, false, "AND");
    if (!found.length) found = ask(list, raw, true, "AND");
    if (!found.length && list.length > 1) {
      found = ask(list, raw, true, "OR");
      const of = asks(list), had = found.map((one) => [...new Set(one.queryTerms.map((term) => of.get(term)).filter(Boolean))]), told = rarity(had);
      for (const [n, one] of found.entries()) one.score = had[n].reduce((total, word) => total + told.get(word), 0) ** 3 * one.score ** 0.5;
    }
    const whole = list.join(" ");
    for (const one of found) one.score *= nearness(items[one.id], list, whole);
    return found.sort((a, b) => b.score - a.score || a.id - b.id).map((one) => items[one.id]);
  }

  window.wrFinder = { words, key, read, search, KINDS, ONE, ready: () => complete, sign: (name) => signs[name] ?? "" };
})();

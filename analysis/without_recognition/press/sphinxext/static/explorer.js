/* The explorer: sifts the table of all events, draws them as a strip or (explorer-map.js) on a map, and shows what a doubt would change.
   Every answer stands in explorer-data.js; nothing is judged here. Without this script the table stays whole. */
function wrExplore(page, data) {
  "use strict";
  const GRADES = ["documented", "corroborated", "attested", "alleged", "frame"];
  const STATUSES = ["unchallenged", "challenged", "disputed", "contradicted"];
  const FACETS = ["channel", "side", "language", "chapter", "contact", "person", "place"];
  const OWN = [...FACETS, "q", "from", "to", "grade", "status", "doubt", "moved", "sort", "view"];
  const COLUMNS = ["date", "title", "grade", "status", "chapter"];
  const GONE = -1, UNTOLD = "nobody affirms it";
  const SVG = "http://www.w3.org/2000/svg";

  const form = page.querySelector("form"), table = page.querySelector("table"), body = table.tBodies[0];
  const canvas = page.querySelector(".wr-x-canvas");
  const { indexed, asked, holds, number, paged } = window.wrSift;
  const level = (code) => code === GONE || (code >= 10 && code % 5 < 4) ? 0 : [3, 2, 1, 0, 3][code % 5]; /* as labels.level */
  const words = (code) => code === GONE ? [UNTOLD, ""] : [GRADES[code % 5], STATUSES[Math.floor(code / 5)]];

  const cards = JSON.parse(page.dataset.cards); /* chapter -> file */
  const events = data.events.map(([id, edtf, first, last, code, facets], n) => {
    const row = body.rows[n], link = row.querySelector("a");
    const named = Object.fromEntries(FACETS.map((facet, f) => [facet, facets[f].map((v) => data.facets[facet][v])]));
    const place = (named.place[0] || ["", ""])[1];
    Object.assign(link.dataset, { card: `card-e-${id}`, cards: cards[named.chapter[0][0]] });
    let text = null; /* made when words are first asked for */
    return {
      id, edtf, place, code, now: code, row, link, title: link.textContent, facets: named, n,
      get text() {
        return text ??= indexed([link.textContent, id, place, ...named.person.flatMap(([value, label]) => [label, data.spellings[value]])].join("; "));
      },
      first: first || last, last: last || first, shown: true,
      from: first ? +first.slice(0, 4) : -Infinity, to: last ? +last.slice(0, 4) : Infinity,
    };
  });
  const doubts = new Map(data.doubts.map((doubt) => [`${doubt[0]}:${doubt[1]}`, doubt]));
  const cells = new Map(); /* of rows that a doubt moved: as they were */

  /* --- the state: in the form and in the address --- */
  function read() {
    const given = new FormData(form), state = { sort };
    for (const name of OWN) if (name !== "sort") state[name] = given.getAll(name).filter(Boolean).join(",");
    return state;
  }

  function write(state) {
    const address = new URL(location.href);
    for (const name of OWN) {
      if (state[name]) address.searchParams.set(name, state[name]);
      else address.searchParams.delete(name);
    }
    const query = address.search.replace(/%2C/g, ",").replace(/%3A/g, ":");
    try { history.replaceState(history.state, "", `${address.pathname}${query}${location.hash}`); } catch { /* a page in a frame may not */ }
  }

  function restore() {
    const given = new URLSearchParams(location.search);
    form.reset();
    for (const name of OWN) {
      const value = given.get(name) || "", field = form.elements[name];
      if (name === "sort") sort = /^-?(date|title|grade|status|chapter)$/.test(value) ? value : "";
      else if (field instanceof RadioNodeList) for (const box of field) box.checked = value.split(",").includes(box.value);
      else if (field.type === "checkbox") field.checked = value === field.value;
      else {
        field.value = value;
        if (field.selectedIndex < 0) field.selectedIndex = 0; /* an address may ask for what there is not */
      }
    }
    if ([...FACETS, "grade", "status"].some((name) => given.get(name))) form.querySelector("details").open = true;
  }

  /* --- what is shown --- */
  function doubted(state) {
    const doubt = doubts.get(state.doubt);
    for (const event of events) event.now = event.code;
    const moves = doubt ? doubt[4] : [];
    for (let n = 0; n < moves.length; n += 2) events[moves[n]].now = moves[n + 1];
    return doubt;
  }

  function fits(event, state, but = "") { /* `but`: a facet that is not asked for */
    const [grade, status] = words(event.now);
    return event.to >= (+state.from || -Infinity) && event.from <= (+state.to || Infinity)
      && (!state.grade || state.grade.split(",").includes(grade))
      && (!state.status || state.status.split(",").includes(status))
      && FACETS.every((facet) => facet === but || !state[facet] || event.facets[facet].some(([value]) => value === state[facet]))
      && (!state.moved || event.now !== event.code)
      && (!state.q || holds(event.text, state.sought ??= asked(state.q)));
  }

  const sign = (name) => {
    const svg = document.createElementNS(SVG, "svg"), use = document.createElementNS(SVG, "use");
    svg.setAttribute("class", "wr-g");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#x-${name}`);
    svg.append(use);
    return svg;
  };

  function dress(event) {
    const { row, now, code } = event, moved = now !== code;
    if (!moved && !row.classList.contains("wr-x-moved")) return;
    row.classList.toggle("wr-x-moved", moved);
    if (row.dataset.level) row.dataset.level = level(now);
    if (!cells.has(event)) cells.set(event, [row.cells[2].innerHTML, row.cells[3].textContent]);
    [row.cells[2].innerHTML, row.cells[3].textContent] = cells.get(event);
    if (!moved) return;
    const [was, stood] = words(code), [is, stands] = words(now);
    const old = document.createElement("s");
    if (was !== is) {
      old.append(was === "frame" ? "no grade" : was);
      row.cells[2].replaceChildren(old, " ", ...(now === GONE ? [] : [sign(is), " "]), is);
    }
    if (now !== GONE && stood !== stands) {
      const before = document.createElement("s");
      before.textContent = stood;
      row.cells[3].replaceChildren(before, ` ${stands}`);
    }
  }

  function told(doubt) {
    if (!doubt) return "";
    const moved = events.filter((event) => event.now !== event.code), gone = moved.filter((event) => event.now === GONE);
    const grade = moved.filter((event) => event.now !== GONE && event.now % 5 !== event.code % 5);
    const note = doubt[0] === "texts" ? "Papers that share no more than a quotation or a sentence are then one witness. " : "";
    const status = moved.length - gone.length - grade.length, have = (count) => count === 1 ? "event has" : "events have";
    if (!moved.length) return `${note}Then nothing changes.`;
    return `${note}Then ${grade.length} ${have(grade.length)} another grade, ${status} only another status, and ${gone.length} ${gone.length === 1 ? "is" : "are"} affirmed by nobody any longer.`;
  }

  function show() {
    const state = read(), doubt = doubted(state);
    for (const event of events) {
      event.shown = fits(event, state);
      if (event.row.hidden === event.shown) event.row.hidden = !event.shown;
      dress(event);
    }
    order();
    let count = 0;
    for (const row of body.rows) if (!row.hidden) row.classList.toggle("wr-later", !pages.shows(count++));
    table.classList.add("wr-x-sifted");
    form.elements.count.value = `${number(count)} of ${number(events.length)} events`;
    form.elements.answer.value = told(doubt);
    form.elements.csv.disabled = !count;
    pages.told(count);
    lacking(state, count);
    write(state);
    picture(state, count);
    window.wrState?.show(); /* the bar counts the rows */
  }

  function anew() {
    pages.begin();
    show();
  }

  /* --- nothing fits: a button for each choice, with what fits without it --- */
  const CHOSEN = ["q", "from", "to", "grade", "status", "moved", ...FACETS];

  function lacking(state, count) {
    none.hidden = count > 0;
    if (count) return;
    none.replaceChildren("No event fits all of this. Without one choice:", ...CHOSEN.filter((name) => state[name]).map((name) => {
      const button = document.createElement("button"), without = { ...state, [name]: "", sought: undefined };
      const field = form.elements[name], first = field instanceof RadioNodeList ? field[0] : field;
      const asked = first.selectedOptions?.[0].textContent.replace(/ \([^(]*\)$/, "") ?? (first.type === "checkbox" ? "" : first.value);
      const called = field instanceof RadioNodeList ? first.closest("fieldset").querySelector("legend") : first.closest("label").firstChild;
      button.type = "button";
      button.textContent = `${[called.textContent.trim() || "only what then changes", asked].filter(Boolean).join(": ")} (${events.filter((event) => fits(event, without)).length})`;
      button.addEventListener("click", () => {
        for (const one of field instanceof RadioNodeList ? field : [field]) {
          if (one.type === "checkbox") one.checked = false;
          else one.value = "";
        }
        anew();
        form.elements.q.focus();
      });
      return button;
    }));
  }

  /* --- order of rows --- */
  let sort = "", ordered = "";
  const keys = {
    title: (e) => e.title.toLowerCase(), grade: (e) => e.now === GONE ? 9 : e.now % 5,
    status: (e) => e.now === GONE ? 9 : Math.floor(e.now / 5), chapter: (e) => data.facets.chapter.indexOf(e.facets.chapter[0]),
  };

  function order() {
    const by = sort.replace("-", "") || "date", down = sort.startsWith("-"), key = keys[by] || ((e) => e.n);
    for (const head of table.tHead.rows[0].cells) {
      const mine = head.dataset.sort === by;
      if (mine) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const wanted = by === "date" || by === "title" || by === "chapter" ? sort : `${sort} ${form.elements.doubt.value}`;
    if (wanted === ordered) return;
    ordered = wanted;
    const rows = [...events].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return (x < y ? -1 : x > y ? 1 : a.n - b.n) * (down ? -1 : 1);
    });
    body.append(...rows.map((event) => event.row));
  }

  [...table.tHead.rows[0].cells].forEach((head, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.dataset.sort = COLUMNS[n];
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const by = COLUMNS[n], down = head.getAttribute("aria-sort") === "ascending";
      sort = down ? `-${by}` : by === "date" ? "" : by;
      anew();
    });
  });

  /* --- the picture: years, or places --- */
  const strip = page.querySelector(".wr-x-strip"), map = page.querySelector(".wr-x-map"), none = page.querySelector(".wr-x-none");
  const list = page.querySelector(".wr-scroll"), pages = paged((before) => list.before(before), (after) => list.after(after), show);
  const places = wrMap(page, data, (place) => {
    form.elements.place.value = form.elements.place.value === place ? "" : place;
    anew();
  });

  function picture(state, count) {
    const seen = state.view === "map" ? events.filter((event) => fits(event, state, "place")) : [];
    strip.hidden = state.view === "map" || !count;
    map.hidden = !seen.length;
    if (seen.length) places(seen, state.place);
    else if (!strip.hidden) draw(state);
  }

  /* --- the strip --- */
  const EARLY = 1944, HEIGHT = 150, FOOT = 22, LARGEST = 13;
  const FIRST = 60; /* marks at a time as the page opens */
  let scale = null, drawing = 0;

  function made(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function bins(state) {
    const seen = events.filter((event) => event.shown && event.first);
    const years = seen.map((event) => Math.max(EARLY, +event.first.slice(0, 4)));
    const from = Math.max(EARLY, +state.from || Math.min(...years, 2026)), to = Math.max(from, +state.to || Math.max(...years, from));
    const parts = to - from < 4 ? 12 : to - from < 16 ? 4 : 1, found = new Map();
    for (const event of seen) {
      const month = +event.first.slice(5, 7) - 1, year = +event.first.slice(0, 4);
      const bin = Math.max(0, (Math.max(EARLY, year) - from) * parts + (year < from ? 0 : Math.floor(month * parts / 12)));
      if (year > to) continue;
      found.set(bin, [...(found.get(bin) || []), event]);
    }
    return { from, to, parts, found, slots: (to - from + 1) * parts };
  }

  function draw(state) {
    const room = canvas.clientWidth, width = Math.max(280, room), { from, to, parts, found, slots } = bins(state), wide = width / slots;
    const most = Math.max(1, ...[...found.values()].map((bin) => bin.length));
    let size = LARGEST;
    while (size > 2 && Math.max(1, Math.floor(wide / size)) * Math.floor(HEIGHT / size) < most) size -= 0.25;
    size = Math.min(size, Math.max(2, wide));
    const abreast = Math.max(1, Math.floor(wide / size)), marks = made("g", { class: "wr-x-marks" });
    const laid = [...found].flatMap(([bin, here]) => here.sort((a, b) => rank(a) - rank(b) || a.n - b.n)
      .map((event, n) => [event, bin * wide + (n % abreast) * size, HEIGHT - (Math.floor(n / abreast) + 1) * size]));
    const svg = made("svg", { viewBox: `0 0 ${width} ${HEIGHT + FOOT}`, width, height: HEIGHT + FOOT }, axis(from, to, wide * parts, width), marks);
    clearTimeout(drawing);
    canvas.setAttribute("aria-busy", "true");
    const slice = scale ? laid.length : FIRST; /* the page, as it opens, is not held up */
    (function next(start) {
      marks.append(...laid.slice(start, start + slice).map(([event, x, y]) => mark(event, x, y, size)));
      if (start + slice < laid.length) drawing = setTimeout(next, 0, start + slice);
      else canvas.removeAttribute("aria-busy");
    })(0);
    canvas.replaceChildren(svg);
    scale = { from, each: wide * parts, to, room };
  }

  const rank = (event) => event.now === GONE ? 9 : event.now % 5;
  const shapes = Object.fromEntries([...page.querySelectorAll(".wr-x-signs symbol")].map((sign) => [sign.id.slice(2), [...sign.children]]));
  const of = new WeakMap(); /* mark -> event */

  function mark(event, x, y, size) {
    const shape = shapes[event.now === GONE ? "contradicted" : words(event.now)[0]], moved = event.now === event.code ? "" : " wr-x-moved";
    const link = made("a", { href: event.link.href, tabindex: "-1", class: `wr-judged${moved}`,
      transform: `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${(size * 0.92 / 16).toFixed(4)})` }, ...shape.map((part) => part.cloneNode()));
    Object.assign(link.dataset, event.row.dataset, event.link.dataset); /* dim as its row is, and opens the same card */
    of.set(link, event);
    return link;
  }

  canvas.addEventListener("pointerover", ({ target }) => { /* what a mark is, for who points at it */
    const link = target.closest("a"), event = of.get(link);
    if (!event || link.querySelector("title")) return;
    const [grade, status] = words(event.now), title = document.createElementNS(SVG, "title");
    title.textContent = `${event.row.cells[0].textContent}: ${event.title} (${[grade === "frame" ? "no grade" : grade, status].filter(Boolean).join(", ")})`;
    link.prepend(title);
  });

  /* what the ear cannot find hands the focus on to the row that says the same */
  canvas.addEventListener("focusin", ({ target }) => of.get(target.closest("a"))?.link.focus({ preventScroll: true }));

  function axis(from, to, each, width) {
    const group = made("g", { class: "wr-x-axis" }, made("path", { d: `M0 ${HEIGHT + 0.5}H${width}` }));
    const step = [1, 2, 5, 10, 20].find((years) => years * each >= 44) || 50;
    for (let year = Math.ceil(from / step) * step; year <= to; year += step) {
      const x = (year - from) * each;
      group.append(made("path", { d: `M${x.toFixed(1)} ${HEIGHT}v5` }));
      if (x + 32 < width) group.append(made("text", { x: x + 2, y: HEIGHT + 15 }, String(year)));
    }
    return group;
  }

  let began = null, drawn = false; /* where a stroke began, while it lasts; whether the last one drew, so that no click follows it */
  const yearAt = (event) => {
    const x = event.clientX - canvas.getBoundingClientRect().left;
    return Math.min(scale.to, Math.max(scale.from, scale.from + Math.floor(x / scale.each)));
  };
  addEventListener("pointerdown", (event) => {
    const mine = event.isPrimary && !event.button && canvas.contains(event.target);
    began = mine ? { x: event.clientX, year: yearAt(event), pointer: event.pointerId } : null;
    drawn = false;
  });
  addEventListener("pointercancel", () => { began = null; }); /* the finger scrolls the page */
  canvas.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("click", (event) => { /* before it reaches those who open cards */
    if (!drawn || !canvas.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  addEventListener("pointerup", (event) => {
    const from = began;
    began = null;
    if (!from || event.pointerId !== from.pointer || Math.abs(event.clientX - from.x) < 8) return;
    drawn = true;
    const years = [from.year, yearAt(event)].sort((a, b) => a - b);
    form.elements.from.value = years[0] === EARLY ? "" : years[0];
    form.elements.to.value = years[1];
    anew();
  });

  /* --- rows to take away --- */
  const quoted = (text) => /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;

  function csv() {
    const head = ["event_id", "date", "title", "place", "grade", "status", "grade_in_the_book", "status_in_the_book", ...FACETS.filter((facet) => facet !== "place"), "version"];
    const lines = [...body.rows].map((row) => byRow.get(row)).filter((event) => event.shown).map((event) => {
      const [grade, status] = words(event.now), [was, stood] = words(event.code);
      const bare = (name) => name === "frame" ? "" : name === UNTOLD ? "untold" : name;
      return [event.id, event.edtf, event.title, event.place, bare(grade), status, bare(was), stood,
        ...FACETS.filter((facet) => facet !== "place").map((facet) => event.facets[facet].map(([value]) => value).join("; ")), data.version];
    });
    return `${[head, ...lines].map((line) => line.map(quoted).join(",")).join("\n")}\n`;
  }

  const byRow = new Map(events.map((event) => [event.row, event]));
  form.elements.csv.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "without-recognition-events.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  /* --- begin --- */
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  page.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.name === "doubt") form.elements.moved.checked = Boolean(event.target.value);
    waiting = setTimeout(anew, event.target.matches("select, [type=checkbox], [type=radio]") ? 0 : 150);
  });
  page.querySelector("[type=reset]").addEventListener("click", () => { sort = ""; setTimeout(anew); });
  addEventListener("popstate", () => { restore(); anew(); });
  new ResizeObserver(() => scale && !strip.hidden && canvas.clientWidth !== scale.room && draw(read())).observe(canvas);
  restore();
  show();
}

/* the answers come as a script, once the table is there to be read: a page opened as a file may fetch nothing */
(() => {
  "use strict";
  const page = document.getElementById("explorer"), answers = document.createElement("script");
  if (!page) return;
  answers.src = page.dataset.answers;
  answers.addEventListener("load", () => wrExplore(page, window.wrExplorer));
  document.head.append(answers);
})();

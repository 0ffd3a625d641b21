/* Cite and link: one small window for whatever bears an id. wr.js brings it when a reader first points at something. */
(() => {
  "use strict";
  const html = document.documentElement, article = document.querySelector(".bd-article");
  const root = html.dataset.content_root ?? "./", page = html.dataset.page;
  if (!article || !page || !HTMLElement.prototype.showPopover) return;
  const KINDS = { e: "event", c: "claim", s: "source", d: "dispute", a: "person", q: "search", fig: "figure", par: "paragraph", tab: "table" };
  const BEARS = Object.keys(KINDS).map((kind) => `[id^="${kind}-"]`).join(", ");
  const POINTED = ["par", "tab", "fig", "c", "s", "a", "q"].map((kind) => `[id^="${kind}-"]:not(tr, section)`).join(", "); /* the others have a # */
  const SHELVES = 64, LEAVE = 500, EDGE = 8;
  const shelves = {}, waiting = {};
  let common = null, at = null, shown = null, from = null, leaving = 0;

  /* --- what a thing is --- */
  const things = () => [...article.querySelectorAll(`section[id], ${BEARS}`)].filter((one) => !one.closest(".wr-card"));
  /* a heading may begin like an id ("A general ..."): what is a section is an event or a dispute, and those begin with a year */
  const kindOf = (one) => KINDS[((one.localName === "section" ? /^([ed])-\d/ : /^(fig|par|tab|[ecsdaq])-/).exec(one.id) || [])[1]];
  const place = (thing, kind) => [...article.querySelectorAll(`[id^="${kind}-"]`)].indexOf(thing) + 1;

  function named(thing) {
    const id = thing.id, kind = kindOf(thing);
    if (kind === "paragraph" || kind === "table") {
      const number = place(thing, kind.slice(0, 3));
      return { id, key: page, what: `${kind} ${number}`, words: `${kind} ${number}, ${id}` };
    }
    if (kind === "claim") return { id, key: `e-${id.slice(2, id.lastIndexOf("."))}`, what: kind, words: `claim ${id}` };
    if (kind) return { id, key: id, what: kind, words: `${kind} ${id}` };
    if (thing === article.querySelector("section[id]")) return { id: page, key: page, what: "page", words: "" };
    const head = thing.querySelector(":is(h2, h3, h4)")?.firstChild?.textContent.trim() || id;
    return { id: `${page}#${id}`, key: page, what: `section “${head}”`, words: `section “${head}”` };
  }

  function address(it) {
    if (it.what === "page") return document.querySelector("link[rel=canonical]")?.href || new URL(`${root}${page}.html`, location).href;
    return common?.site ? `${common.site}id/?${it.id}` : new URL(`${root}id/index.html?${it.id}`, location).href;
  }

  /* --- the texts: made when the book was built, fetched a shelf at a time --- */
  window.wrCited = (number, said, found) => { common = said; shelves[number] = found; };

  function fetched(key, then) {
    const number = [...key].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % SHELVES;
    const ready = () => { waiting[number] = null; then(shelves[number]?.[key]); };
    if (shelves[number]) return ready();
    const script = waiting[number] || document.createElement("script");
    script.addEventListener("load", ready);
    script.addEventListener("error", ready);
    if (waiting[number]) return;
    waiting[number] = script;
    script.src = `${root}id/cite-${number}.js`;
    document.head.append(script);
  }

  const SPECIAL = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
  const AS = {
    BibTeX: (words) => words.replace(/[\\{}^~$&#%_]/g, (sign) => SPECIAL[sign] || `\\${sign}`),
    RIS: (words) => words,
    "CSL-JSON": (words) => JSON.stringify(words).slice(1, -1),
    HTML: (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  };

  function reference(it, told, style) { /* HTML for a style, plain text for a record */
    const number = common.styles.indexOf(style), [title, part, own] = told;
    if (own && !(part && it.words)) return own[number];
    const as = AS[style] || AS.HTML, key = it.id.replace(/[^\w.-]+/g, "-");
    const said = { QQTITLE: as(title), QQPART: as(it.words), QQKEY: key, QQPLACE: AS[style] ? it.id : as(it.id) };
    const text = number < part.length ? part[number] : common.records[number - part.length];
    return text.replace(/QQ(?:TITLE|PART|KEY|PLACE)/g, (token) => said[token]);
  }

  /* --- the window --- */
  const make = (name, given = {}, ...inner) => { const made = Object.assign(document.createElement(name), given); made.append(...inner); return made; };
  const button = (className, words, label, act) => {
    const made = make("button", { type: "button", className, textContent: words });
    if (label) { made.setAttribute("aria-label", label); made.title = label; }
    made.addEventListener("click", act);
    return made;
  };

  const what = make("b", { className: "wr-citing-what" }), link = make("code"), id = make("code");
  const text = make("div", { className: "wr-citing-text", tabIndex: 0 }), choice = make("select");
  const more = button("", "Its source", "", () => { const source = rests(); if (source) open(source, from); });
  choice.setAttribute("aria-label", "Form of the reference");
  const step = (words, label, by) => button("wr-citing-step", words, label, () => { const next = by(); if (next) open(next, from); });
  const along = (way) => () => { const all = things(); return all[all.indexOf(shown) + way]; };
  const steps = [
    step("←", "The thing before", along(-1)),
    step("↑", "What it stands in", () => shown.parentElement.closest(`section[id], ${BEARS}`)),
    step("→", "The thing after", along(1)),
  ];
  const row = (label, code) => make("p", {}, make("span", { textContent: label }), code, button("wr-citing-copy", "Copy", `Copy the ${label.toLowerCase()}`, (event) => window.wrCopy(event.currentTarget, code.textContent)));
  const box = make("div", { className: "wr-citing wr-screen", tabIndex: -1 },
    make("p", {}, what, ...steps, button("wr-citing-step", "×", "Close", () => box.hidePopover())),
    row("Link", link), row("Id", id),
    make("p", {}, choice, button("wr-citing-copy", "Copy", "Copy the reference", (event) => window.wrCopy(event.currentTarget, text.textContent))), text,
    make("p", {}, more));
  box.popover = "auto";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "Cite and link");
  document.body.append(box);
  choice.addEventListener("change", () => {
    try { localStorage.setItem("wr-style", choice.value); } catch { /* a file may not store */ }
    fill();
  });

  function rests() { /* of a claim, the source: it can be opened where this page lists it */
    const hash = shown && kindOf(shown) === "claim" && shown.querySelector('a[href*="#s-"]')?.hash.slice(1);
    return hash ? document.getElementById(hash) || Object.assign(shown.cloneNode(false), { id: hash }) : null;
  }

  function fill() {
    const it = named(shown), kind = it.what[0].toUpperCase() + it.what.slice(1);
    what.textContent = kind === "Page" ? article.querySelector("h1")?.firstChild?.textContent || kind : kind;
    id.textContent = it.id;
    link.textContent = address(it);
    more.parentElement.hidden = kindOf(shown) !== "claim";
    steps[1].disabled = !shown.parentElement?.closest(`section[id], ${BEARS}`);
    text.setAttribute("aria-busy", "true");
    fetched(it.key, (told) => {
      if (!shown || named(shown).id !== it.id) return;
      text.removeAttribute("aria-busy");
      link.textContent = address(it);
      if (!told) { text.textContent = "No reference was made for it; the id and the version of the book name it."; return; }
      if (!choice.options.length) {
        common.styles.forEach((style) => choice.append(new Option(style)));
        try { choice.value = localStorage.getItem("wr-style") || choice.value; } catch { /* the first */ }
        if (!choice.value) choice.selectedIndex = 0;
      }
      const said = reference(it, told, choice.value), isRecord = choice.value in AS;
      text.classList.toggle("wr-citing-record", isRecord);
      if (isRecord) text.textContent = said.trim();
      else if (said) text.innerHTML = said;
      else text.textContent = "This style names it in a note only.";
      stand();
    });
  }

  function stand() {
    if (!from?.isConnected || matchMedia("(max-width: 40rem)").matches) { box.removeAttribute("style"); return; }
    const there = from.getBoundingClientRect(), whole = shown.getBoundingClientRect(), wide = box.offsetWidth, high = box.offsetHeight;
    const isSmall = shown.contains(from) === false && whole.height < innerHeight / 2 && whole.bottom > 0 && whole.top < innerHeight;
    const edges = isSmall ? whole : there, below = edges.bottom + EDGE, above = edges.top - EDGE - high;
    const top = below + high <= innerHeight || above < EDGE ? below : above;
    const left = Math.max(EDGE, Math.min(there.left, html.clientWidth - wide - EDGE));
    Object.assign(box.style, { top: `${top + scrollY}px`, left: `${left + scrollX}px` });
  }

  function open(thing, control) {
    shown?.classList.remove("wr-cited");
    shown = thing;
    from = control;
    shown.classList.add("wr-cited");
    fill();
    if (!box.matches(":popover-open")) { box.showPopover(); box.focus({ preventScroll: true }); }
    stand();
  }

  addEventListener("keydown", (event) => { /* before a card below it, which would close itself instead */
    if (event.key !== "Escape" || !box.matches(":popover-open")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.hidePopover();
  }, true);

  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    shown?.classList.remove("wr-cited");
    shown = null;
    hide();
  });

  /* --- what opens it: the # of a heading or row; beside anything else a button for the mouse; c for the keyboard --- */
  const beside = button("wr-cite-at wr-screen", "#", "Cite or link", () => open(at, beside));
  beside.tabIndex = -1;
  beside.hidden = true;
  document.body.append(beside);
  const hide = () => { if (!box.matches(":popover-open")) beside.hidden = true; };

  function offer(thing) {
    clearTimeout(leaving);
    if (box.matches(":popover-open") || (thing === at && !beside.hidden)) return;
    at = thing;
    const number = kindOf(thing) === "paragraph" ? place(thing, "par") : 0, there = thing.getBoundingClientRect();
    beside.textContent = number ? `¶ ${number}` : "#";
    beside.hidden = false;
    const main = article.parentElement.getBoundingClientRect(), left = there.left - beside.offsetWidth - 4;
    const isRoom = left >= main.left;
    const top = isRoom ? there.top : number ? there.bottom - 2 : there.top;
    Object.assign(beside.style, { top: `${top + scrollY}px`, left: `${(isRoom ? left : there.right - beside.offsetWidth) + scrollX}px` });
  }

  const pointed = (event) => { const found = event.target.closest?.(POINTED); return found && article.contains(found) && !found.closest(".wr-card") ? found : null; };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const thing = pointed(event);
    if (thing) offer(thing);
    else if (event.target === beside) clearTimeout(leaving);
    else { clearTimeout(leaving); leaving = setTimeout(hide, LEAVE); }
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "mouse" || event.target === beside || event.target.closest?.("a, button, summary, input, select, label")) return;
    const thing = pointed(event);
    if (thing && String(getSelection()) === "") offer(thing);
    else hide();
  });

  const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  const bearer = (hash) => { try { return document.getElementById(decodeURIComponent(hash)); } catch { return null; } };
  document.addEventListener("click", (event) => {
    const control = event.target.closest?.("a.headerlink, a.wr-r-link"), thing = control && bearer(control.hash.slice(1));
    if (!thing || !plain(event) || event.defaultPrevented) return;
    event.preventDefault();
    try { history.replaceState(history.state, "", control.hash); } catch { /* a page in a frame may not */ }
    open(thing, control);
  });
  document.addEventListener("keydown", (event) => {
    const control = document.activeElement;
    if (event.key !== "c" || !plain(event) || !control?.matches("a.wr-mark, a.headerlink, a.wr-r-link")) return;
    const thing = control.matches(".wr-mark") ? control.closest(`section[id], ${BEARS.replaceAll(", ", ":not(a), ")}:not(a)`) : bearer(control.hash.slice(1));
    if (thing) { event.preventDefault(); open(thing, control); }
  });

  const style = make("link", { rel: "stylesheet", href: `${root}_static/citing.css` });
  document.head.append(style);
})();

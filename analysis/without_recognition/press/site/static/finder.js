/* The finder's door: a button in the header, "/" or Ctrl+K. Nothing is loaded until it opens; then the index and what
   searches it come as classic scripts, since a book opened from a folder can load nothing else. */
(() => {
  "use strict";
  const root = document.documentElement.dataset.content_root ?? "./";
  const NEAREST = 3, IN_GROUP = 6, WAIT_MS = 60;
  const made = (name, attributes = {}, ...inside) => {
    const tag = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) tag.setAttribute(key, value);
    tag.append(...inside);
    return tag;
  };

  /* --- loading, once --- */
  const script = (address) => new Promise((done, failed) => {
    const tag = made("script", { src: root + address });
    tag.async = false; /* one after the other */
    tag.onload = done;
    tag.onerror = () => failed(new Error(address));
    document.head.append(tag);
  });
  let loading = null;
  const load = () => (loading ??= Promise.all(["finder-index.js", "_static/minisearch.js", "_static/sift.js", "_static/finder-search.js"].map(script))
    .then(() => window.wrFinder.read(window.wrFinderIndex)));

  /* --- the dialog --- */
  let dialog, input, list, status, options = [], at = -1, whole = "", timer = 0;

  function build() {
    input = made("input", { type: "text", enterkeyhint: "go", role: "combobox", "aria-expanded": "false", "aria-controls": "wr-finder-list",
      "aria-autocomplete": "list", "aria-label": "Find an event, person, source, dispute, search, section or figure", autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", placeholder: "A name, a year, a title, a word…" });
    list = made("div", { id: "wr-finder-list", role: "listbox", "aria-label": "Found" });
    status = made("p", { class: "wr-finder-status", role: "status" });
    const close = made("button", { type: "button", class: "wr-finder-close", "aria-label": "Close" }, "×");
    dialog = made("dialog", { class: "wr-finder", "aria-label": "Find" }, made("div", { class: "wr-finder-head" }, input, close), status, list);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    input.addEventListener("input", () => { whole = ""; clearTimeout(timer); timer = setTimeout(show, WAIT_MS); });
    input.addEventListener("keydown", keys);
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      if (option.dataset.kind) { event.preventDefault(); more(option.dataset.kind); } else if (!event.ctrlKey && !event.metaKey) dialog.close();
    });
    document.body.append(dialog);
  }

  function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
    if (window.wrFinder) { show(); return; }
    status.textContent = "Loading…";
    load().then(show, () => { status.textContent = "The index cannot be loaded; the pages Events, People and Sources list everything."; });
  }

  /* --- what was found --- */
  function show() {
    if (!window.wrFinder?.ready()) return;
    const { search, KINDS } = window.wrFinder, text = input.value.trim();
    const found = text ? search(text) : [];
    options = [];
    at = -1;
    list.replaceChildren();
    if (!whole) group("Nearest", found.slice(0, NEAREST), 0, true);
    const rest = whole ? found : found.slice(NEAREST);
    for (const [kind, title] of Object.entries(KINDS)) {
      if (whole && whole !== kind) continue;
      const items = rest.filter((item) => item.kind === kind);
      group(title, items.slice(0, whole ? undefined : IN_GROUP), items.length, false, kind);
    }
    input.setAttribute("aria-expanded", String(options.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = !text ? "" : found.length === 1 ? "One thing found" : `${found.length || "Nothing"} ${found.length ? "things " : ""}found`;
    dialog.scrollTop = list.scrollTop = 0;
  }

  function group(title, items, count, kinds, kind) {
    if (!items.length) return;
    const name = `wr-finder-g-${options.length}`;
    const box = made("div", { role: "group", "aria-labelledby": name }, made("p", { id: name, class: "wr-finder-kind", role: "presentation" }, title));
    for (const item of items) box.append(option(item, kinds));
    if (count > items.length) {
      box.append(numbered(made("a", { href: "#", class: "wr-finder-more", "data-kind": kind }, `All ${count} ${title.toLowerCase()}`)));
    }
    list.append(box);
  }

  function numbered(tag) {
    tag.id = `wr-finder-o-${options.length}`;
    tag.tabIndex = -1;
    tag.setAttribute("role", "option");
    tag.setAttribute("aria-selected", "false");
    options.push(tag);
    return tag;
  }

  function option(item, kinds) {
    const { ONE, sign } = window.wrFinder;
    const below = made("span", { class: "wr-finder-line" });
    const grade = item.grade.split(" ");
    if (item.grade) {
      const signs = made("span", { class: "wr-finder-grade" });
      for (const name of grade) { /* our own drawings, from the index */
        const body = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="11" height="11" aria-hidden="true">${sign(name)}</svg>`, "image/svg+xml").documentElement;
        signs.append(document.importNode(body, true));
      }
      signs.append(grade.map((name) => (name === "frame" ? "frame fact" : name)).join(", "));
      below.append(signs, " ");
    }
    const told = [kinds ? ONE[item.kind] : "", item.when, item.also && `also ${item.also}`, item.line];
    below.append(...told.filter(Boolean).flatMap((text, n) => (n ? [" · ", made("bdi", {}, text)] : [made("bdi", {}, text)])));
    const name = made("span", { class: "wr-finder-title", dir: "auto" }, item.title);
    return numbered(made("a", { href: root + item.href }, name, below));
  }

  function more(kind) {
    whole = kind;
    show();
    input.focus();
    move(1);
  }

  /* --- keyboard --- */
  function move(by) {
    if (!options.length) return;
    options[at]?.setAttribute("aria-selected", "false");
    at = at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length;
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  }

  function keys(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); move(by); }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      clearTimeout(timer);
      if (at < 0 && input.value.trim()) show();
      options[Math.max(at, 0)]?.click();
    }
  }

  const typing = (tag) => tag.closest?.("input, textarea, select, [contenteditable]") && !tag.closest("dialog:not([open])");
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const letter = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
    if (slash || letter) { event.preventDefault(); open(); }
  });
  for (const button of document.querySelectorAll(".wr-finder-open")) button.addEventListener("click", open);
})();

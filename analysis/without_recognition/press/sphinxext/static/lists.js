/* Long lists of the reference pages: sifted, ordered and shown a page at a time. Without this script they stand whole. */
(() => {
  "use strict";
  const form = document.querySelector("form.wr-filter[data-list]");
  if (!form) return;
  const { indexed, asked, holds, number, paged } = window.wrSift;
  const marked = [...document.querySelectorAll(form.dataset.items)];
  const things = marked.map((mark, n) => ({ mark, n, box: form.dataset.within ? mark.closest(form.dataset.within) : mark }));
  const rooms = new Map();
  for (const thing of things) {
    const room = thing.box.parentElement;
    rooms.set(room, [...(rooms.get(room) || []), thing]);
  }
  const pages = paged((before) => form.after(before), (after) => [...rooms.keys()].pop()?.after(after), show);
  let order = "";

  /* what a thing is: an attribute of its own, or its place in the line of a source, which begins "Kind, perspective; seen." */
  const PARTS = ["kind", "perspective", "seen"];
  const line = (thing) => thing.mark.querySelector(".wr-summary")?.textContent.split(/[,;.]/) ?? [];
  const said = (thing, name) => (thing.mark.dataset[name] ?? line(thing)[PARTS.indexOf(name)] ?? "").trim().toLowerCase();

  function fits(thing, state) {
    return Object.entries(state).every(([name, value]) => !value || name === "order"
      || (name === "q" ? holds(thing.text ??= indexed(thing.box.textContent), value) : said(thing, name) === value.toLowerCase()));
  }

  function ordered(by) {
    if (by === order) return;
    order = by;
    const [name, down] = by.startsWith("-") ? [by.slice(1), -1] : [by, 1];
    const events = (thing) => String(thing.mark.querySelectorAll('a[href*="#e-"]').length); // counted here: the page is heavy enough
    const called = (thing) => thing.called ??= (thing.mark.querySelector(".wr-source-title")?.textContent ?? "").replace(/^[^\p{L}\p{N}]+/u, "");
    const key = (thing) => ({ events, name: called })[name]?.(thing) ?? thing.mark.dataset[name] ?? String(thing.n); /* most stand by date */
    const compare = (a, b) => down * key(a).localeCompare(key(b), "en", { numeric: true }) || a.n - b.n;
    for (const [room, inside] of rooms) {
      const sorted = [...inside].sort(name ? compare : (a, b) => a.n - b.n);
      room.append(...sorted.map((thing) => thing.box));
      rooms.set(room, sorted);
    }
  }

  /* shows the page of the list; what stands where in it is its `place` */
  function show() {
    const state = Object.fromEntries(new FormData(form)), sought = { ...state, q: state.q && asked(state.q) };
    ordered(state.order || "");
    let count = 0;
    for (const [room, inside] of rooms) {
      let here = 0;
      for (const thing of inside) {
        const fit = fits(thing, sought), seen = fit && pages.shows(count);
        thing.place = count;
        count += fit;
        here += seen;
        thing.box.hidden = !fit;
        thing.box.classList.toggle("wr-later", fit && !seen);
      }
      if (room.contains(form)) continue;
      room.hidden = !inside.some((thing) => !thing.box.hidden);
      room.classList.toggle("wr-later", !room.hidden && !here);
    }
    const all = `${number(things.length)} ${form.dataset.list}`;
    form.querySelector("output").value = count ? `${number(count)} of ${all}` : `Nothing fits, of ${all}`;
    pages.told(count);
    write(state);
  }

  function write(state) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(state)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) try { history.replaceState(history.state, "", address); } catch { /* a page in a frame may not */ }
  }

  function fragment() {
    const id = location.hash.slice(1);
    try { return decodeURIComponent(id); } catch { return id; }
  }

  function clear() {
    for (const field of form.elements) if (field.name) field.value = "";
    pages.begin();
    show();
  }

  /* what a link leads to is shown, whatever was chosen; a source that now stands on the other list of sources (it was
     read since, or is no longer taken for read) is found by its id */
  function reveal() {
    const target = fragment() && document.getElementById(fragment());
    if (!target && /^s-[\w.-]+$/.test(fragment())) {
      location.replace(`${document.documentElement.dataset.content_root}id/index.html?${location.hash.slice(1)}`);
      return;
    }
    const thing = target && things.find(({ box }) => box === target || box.contains(target) || target.contains(box));
    if (!thing) return;
    if (thing.box.hidden) clear();
    if (thing.box.matches(".wr-later")) { pages.open(thing.place); show(); }
    target.scrollIntoView();
  }

  const given = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.name && given.has(field.name)) field.value = given.get(field.name);
    if (field.selectedIndex < 0) field.selectedIndex = 0; /* an address may ask for what there is not */
  }
  let waiting = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { pages.begin(); show(); }, event.target.matches("select") ? 0 : 150);
  });
  form.querySelector("button")?.addEventListener("click", clear);
  addEventListener("hashchange", reveal);
  try { show(); } finally { form.dataset.sifted = ""; } /* from here on nothing but `show` hides: lists.css */
  reveal();
})();

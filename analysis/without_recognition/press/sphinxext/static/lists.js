/* Long lists of the reference pages: sifted, ordered and shown a page at a time. Without this script they stand whole. */
(() => {
  "use strict";
  const form = document.querySelector("form.wr-filter[data-list]");
  if (!form) return;
  const PAGE = 60;
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u02bb-\u02bf'’‘-]/g, "").toLowerCase();
  const marked = [...document.querySelectorAll(form.dataset.items)];
  const things = marked.map((mark, n) => ({ mark, n, box: form.dataset.within ? mark.closest(form.dataset.within) : mark }));
  const rooms = new Map();
  for (const thing of things) {
    const room = thing.box.parentElement;
    rooms.set(room, [...(rooms.get(room) || []), thing]);
  }
  const more = document.createElement("p"), next = document.createElement("button"), all = document.createElement("button");
  for (const button of [next, all]) button.type = "button";
  all.textContent = "Show all";
  more.className = "wr-more-rows wr-screen";
  more.append(next, " ", all);
  [...rooms.keys()].pop()?.after(more);
  let most = PAGE, order = "";

  /* what a thing is: an attribute of its own, or its place in the line of a source, which begins "Kind, perspective; seen." */
  const PARTS = ["kind", "perspective", "seen"];
  const line = (thing) => thing.mark.querySelector(".wr-summary")?.textContent.split(/[,;.]/) ?? [];
  const said = (thing, name) => fold((thing.mark.dataset[name] ?? line(thing)[PARTS.indexOf(name)] ?? "").trim());

  function fits(thing, state) {
    thing.text ??= fold(thing.box.textContent);
    return Object.entries(state).every(([name, value]) => !value || name === "order"
      || (name === "q" ? fold(value).split(/\s+/).every((word) => thing.text.includes(word)) : said(thing, name) === fold(value)));
  }

  function ordered(by) {
    if (by === order) return;
    order = by;
    const [name, down] = by.startsWith("-") ? [by.slice(1), -1] : [by, 1];
    const events = (thing) => String(thing.mark.querySelectorAll('a[href*="#e-"]').length); // counted here: the page is heavy enough
    const called = (thing) => thing.called ??= fold(thing.mark.querySelector(".wr-source-title")?.textContent ?? "").replace(/^[^\p{L}\p{N}]+/u, "");
    const key = (thing) => ({ events, name: called })[name]?.(thing) ?? thing.mark.dataset[name] ?? "";
    const compare = (a, b) => down * key(a).localeCompare(key(b), "en", { numeric: true }) || a.n - b.n;
    for (const [room, inside] of rooms) {
      const sorted = [...inside].sort(name ? compare : (a, b) => a.n - b.n);
      room.append(...sorted.map((thing) => thing.box));
      rooms.set(room, sorted);
    }
  }

  function show() {
    const state = Object.fromEntries(new FormData(form));
    ordered(state.order || "");
    let count = 0;
    for (const [room, inside] of rooms) {
      let here = 0;
      for (const thing of inside) {
        const fit = fits(thing, state);
        count += fit;
        here += fit && count <= most;
        thing.box.hidden = !fit;
        thing.box.classList.toggle("wr-later", fit && count > most);
      }
      room.hidden = !inside.some((thing) => !thing.box.hidden);
      room.classList.toggle("wr-later", !room.hidden && !here);
    }
    form.querySelector("output").value = `${count} of ${things.length} ${form.dataset.list}`;
    more.hidden = count <= most;
    next.textContent = `Show ${Math.min(PAGE, count - most)} more`;
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

  /* what a link leads to is shown, whatever was chosen */
  function reveal() {
    const target = fragment() && document.getElementById(fragment());
    const thing = target && things.find(({ box }) => box === target || box.contains(target) || target.contains(box));
    if (!thing) return;
    if (thing.box.hidden) { form.reset(); show(); }
    if (thing.box.matches(".wr-later")) { most = things.length; show(); }
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
    waiting = setTimeout(() => { most = PAGE; show(); }, event.target.matches("select") ? 0 : 150);
  });
  next.addEventListener("click", () => { most += PAGE; show(); });
  all.addEventListener("click", () => { most = things.length; show(); });
  addEventListener("hashchange", reveal);
  show();
  reveal();
})();

/* Leads from an id to the place that bears it. The index is a classic script, so that a folder will do. */
(function () {
  "use strict";
  var box = document.getElementById("wr-found"), root = "../", book = null;
  if (!box) return;

  /* --- what an id names: {to: address from the root} or {gone: [...]} or {near: [[address, words]], page: ...} --- */
  function prepare(given) {
    var made = { at: Object.create(null), docs: Object.create(null), events: Object.create(null), people: Object.create(null), over: Object.create(null), given: given };
    given.pages.forEach(function (page) {
      var doc = page[0].replace(/\.html$/, ""), short = doc.replace(/^.*\//, "");
      made.docs[doc] = page;
      if (!made.docs[short]) made.docs[short] = page;
      page[2].split(" ").forEach(function (id) {
        if (!id) return;
        made.at[doc + "#" + id] = page[0] + "#" + id;
        made.at[short + "#" + id] = page[0] + "#" + id;
        if (/^([sdaq]|fig|par|tab)-/.test(id) && !made.at[id]) made.at[id] = page[0] + "#" + id;
      });
    });
    given.events.forEach(function (line) { var cut = line.indexOf(" "); made.events[cut < 0 ? line : line.slice(0, cut)] = cut < 0 ? "" : line.slice(cut + 1); });
    given.people.split(" ").forEach(function (id) { made.people[id] = true; });
    given.over.split(" ").forEach(function (id) { made.over[id] = true; });
    return made;
  }

  function holds(runs, number) {
    return runs.split(",").some(function (run) {
      var ends = run.split("-");
      return run === number || (/^\d+$/.test(number) && ends.length === 2 && +number >= +ends[0] && +number <= +ends[1]);
    });
  }

  function place(id) {
    var rest = id.slice(2), dot = rest.lastIndexOf("."), event = rest.slice(0, dot);
    if (Object.hasOwn(book.given.moved, id)) return place(book.given.moved[id]);
    if (/^e-/.test(id) && rest in book.events) return "events/" + rest + ".html#" + id;
    if (/^c-/.test(id) && event in book.events && holds(book.events[event], rest.slice(dot + 1))) return "events/" + event + ".html#" + id;
    if (book.over[id] && (event = of(rest))) return "events/" + event + ".html#e-" + event;
    if (/^p-/.test(id) && (event = of(rest))) return "events/" + event + ".html#" + id;
    if (/^a-/.test(id) && book.people[rest]) return "people/" + rest + ".html#" + id;
    if (book.at[id]) return book.at[id];
    if (/#[sdaq]-/.test(id)) return place(id.slice(id.indexOf("#") + 1)); /* an entry that stood on another page */
    var doc = id.replace(/\.html$/, "");
    return book.docs[doc] ? book.docs[doc][0] : "";
  }

  function of(rest) { /* the event that a longer id begins with */
    for (var cut = rest.lastIndexOf("-"); cut > 0; cut = rest.lastIndexOf("-", cut - 1)) {
      if (rest.slice(0, cut) in book.events) return rest.slice(0, cut);
    }
    return "";
  }

  function around(id) { /* what certainly held it, if that is known */
    var rest = id.slice(2), event = rest.slice(0, rest.lastIndexOf(".")), doc = id.split("#")[0].replace(/\.html$/, "");
    if (/^c-/.test(id) && event in book.events) return "events/" + event + ".html";
    if (/^[dp]-/.test(id) && (event = of(rest))) return "events/" + event + ".html";
    var cut = /^(?:par|tab)-(.+)-[^-]+$/.exec(id);
    if (cut && book.docs[cut[1]]) return book.docs[cut[1]][0];
    return id.indexOf("#") > 0 && book.docs[doc] ? book.docs[doc][0] : "";
  }

  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var row = [], i, j;
    for (j = 0; j <= b.length; j++) row[j] = j;
    for (i = 1; i <= a.length; i++) {
      var before = row[0], least = row[0] = i;
      for (j = 1; j <= b.length; j++) {
        var up = row[j];
        row[j] = Math.min(up + 1, row[j - 1] + 1, before + (a[i - 1] === b[j - 1] ? 0 : 1));
        before = up;
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
    }
    return row[b.length];
  }

  function nearest(id) {
    var known = Object.keys(book.at).concat(Object.keys(book.docs), Object.keys(book.given.gone), Object.keys(book.events).map(function (e) { return "e-" + e; }));
    var kind = (/^(?:[a-z]|fig|par|tab)-/.exec(id) || [""])[0], most = Math.max(3, Math.ceil(id.length / 2)), found = [];
    known.forEach(function (one) {
      if (kind && one.slice(0, kind.length) !== kind) return;
      var away = one.indexOf(id) >= 0 && id.length > 3 ? 1 : distance(id, one, most);
      if (away <= most) found.push([away, one]);
    });
    found.sort(function (a, b) { return a[0] - b[0] || (a[1] < b[1] ? -1 : 1); });
    return found.slice(0, 5).map(function (pair) { return pair[1]; });
  }

  function resolve(id) {
    var to = place(id), lost = Object.hasOwn(book.given.gone, id) ? book.given.gone[id] : null;
    if (to) return { to: to };
    if (lost) return { gone: lost, around: around(id) };
    return { near: nearest(id), around: around(id) };
  }

  /* --- what is asked for --- */
  function asked() {
    var own = window.wrState ? Object.keys(window.wrState.get()) : []; /* how the reader reads stands in every address */
    var given = location.search.slice(1).split("&").filter(function (part) { return own.indexOf(part.split("=")[0]) < 0; });
    var hash = location.hash.slice(1), id = given.length ? given[0].replace(/^id=/, "").replace(/=$/, "") : "";
    if (id && hash) id += "#" + hash;
    else if (!id) id = hash;
    try { id = decodeURIComponent(id.replace(/\+/g, " ")); } catch (odd) { /* as it is */ }
    return id.trim();
  }

  /* --- what is told --- */
  function add(into, name, words, more) {
    var made = document.createElement(name);
    made.textContent = words;
    Object.assign(made, more || {});
    into.append(made);
    return made;
  }

  function link(into, id) { return add(into, "a", id, { href: "?" + encodeURI(id).replace(/\?/g, "%3F") }); }

  function withdrawn(id, lost) {
    add(box, "h2", "Withdrawn: " + id);
    add(box, "p", "It was withdrawn in " + lost[0] + " (" + lost[1] + "). " + lost[2]);
    if (lost[3]) { var line = add(box, "p", "What stands for it now: "); link(line, lost[3]); }
  }

  function unknown(id, found) {
    add(box, "h2", "Unknown: " + id);
    var line = add(box, "p", "No edition of this book has such an id" + (found.near.length ? "; the nearest:" : "."));
    if (!found.near.length) return;
    var list = add(box, "ul", "");
    found.near.forEach(function (one) { link(add(list, "li", ""), one); });
    return line;
  }

  function tell(id, found) {
    box.textContent = "";
    box.hidden = false;
    if (found.gone) withdrawn(id, found.gone);
    else if (found.around && /^(?:par|tab)-|#/.test(id)) {
      add(box, "h2", "Not here any more: " + id);
      add(box, "p", "The page is there, the place on it is not: it was written anew or taken out since. An older edition of the book still has it.");
    } else unknown(id, found);
    if (found.around) { var line = add(box, "p", "Where it would stand: "); add(line, "a", found.around, { href: root + found.around }); }
    box.scrollIntoView({ block: "nearest" });
  }

  function ask() {
    var line = document.createElement("form"), label = add(line, "label", "Id "), field = add(label, "input", "", { type: "text", name: "id", spellcheck: false, autocomplete: "off" });
    field.value = asked();
    add(line, "button", "Find", { type: "submit", style: "min-height: 1.75rem; border: 1px solid currentColor; border-radius: 0.3rem; background: none; color: var(--wr-link)" });
    line.className = "wr-filter";
    line.addEventListener("submit", function (event) {
      event.preventDefault();
      location.href = location.pathname + "?" + encodeURI(field.value.trim());
    });
    box.before(line);
  }

  function go() {
    var id = asked();
    if (!id) return;
    var found = resolve(id);
    if (found.to) location.replace(root + found.to);
    else tell(id, found);
  }

  var script = document.createElement("script");
  script.src = box.getAttribute("data-ids");
  script.addEventListener("load", function () {
    book = prepare(window.wrIds);
    window.wrResolve = resolve;
    ask();
    go();
    addEventListener("hashchange", go);
  });
  document.head.append(script);
})();

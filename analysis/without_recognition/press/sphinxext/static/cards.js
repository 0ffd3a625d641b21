/* Evidence cards: without them signs are links to the record. A card never lies over its sentence: it stands in the
   margin, below or above, or, on a small window, as a sheet at the foot with the sentence in sight above it. */
(function () {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  var SHEET = matchMedia("(max-width: 40rem), (max-height: 26rem)");
  var OPEN_MS = 140, CLOSE_MS = 260, GAP = 10, EDGE = 12, LEAST = 150, MARGIN_FROM = 1440, NARROWEST = 300;
  var BLOCKS = "p, li, td, th, dd, dt, figcaption, blockquote";
  var END = /[.!?]["'”’)]*\s+(?=["'“‘(]*[A-Z0-9])/g;
  var root = document.documentElement;
  var mark = null, card = null, wish = null, pinned = false, still = false, trail = [], opening = 0, closing = 0;

  var room = document.querySelector(".wr-cards"), coming = {}; /* file -> who waits for it; true when it has come */

  function each(list, act) { Array.from(list).forEach(act); }

  /* --- cards come in the file that the mark names, or in the page's when a reader first moves --- */
  function come(file, then, lost) {
    if (coming[file] === true) { then(); return; }
    if (coming[file]) { coming[file].push([then, lost]); return; }
    coming[file] = [[then, lost]];
    var script = document.createElement("script");
    function all(which) { return function () { var who = coming[file]; coming[file] = !which; who.forEach(function (one) { one[which](); }); }; }
    script.src = file;
    script.onload = all(0);
    script.onerror = function () { script.remove(); all(1)(); };
    document.head.append(script);
  }

  function fileOf(from) { return from.getAttribute("data-cards") || room.dataset.cards; }

  function has(id) { return document.getElementById(id) || (window.wrCards && Object.hasOwn(window.wrCards, id)); }

  function cardOf(id) {
    var found = document.getElementById(id);
    if (!found && has(id)) {
      room.insertAdjacentHTML("beforeend", window.wrCards[id]);
      found = room.lastElementChild;
    }
    return found;
  }
  function block(of) { return of.closest(BLOCKS) || of.parentElement; }

  /* --- where the sentence is --- */
  function spelled(home, from) { /* its text nodes without what only the ear or the eye gets, and where `from` stands in them */
    var walk = document.createTreeWalker(home, NodeFilter.SHOW_TEXT), nodes = [], text = "", at = -1, node;
    while ((node = walk.nextNode())) {
      var passed = from.contains(node) || (from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (at < 0 && passed) at = text.length;
      if (node.parentElement.closest(".wr-sr, .wr-shown")) continue;
      nodes.push({ node: node, start: text.length });
      text += node.data;
    }
    return { nodes: nodes, text: text, at: at < 0 ? text.length : at };
  }

  function bounds(text, at) {
    var start = 0, end = text.length, found;
    END.lastIndex = 0;
    while ((found = END.exec(text))) {
      var after = found.index + found[0].length;
      if (after <= at) start = after;
      else { end = found.index + found[0].trimEnd().length; break; }
    }
    return [start, end];
  }

  function sentence(from) { /* run by run: what only the ear gets would stretch it beyond the page */
    if (from.ownerSVGElement) return [from.getBoundingClientRect()];
    var read = spelled(block(from), from), found = bounds(read.text, read.at), rects = [];
    read.nodes.forEach(function (run) {
      var start = Math.max(found[0] - run.start, 0), end = Math.min(found[1] - run.start, run.node.length);
      if (start >= end) return;
      var range = document.createRange();
      range.setStart(run.node, start);
      range.setEnd(run.node, end);
      rects.push.apply(rects, range.getClientRects());
    });
    return rects;
  }

  function hull(lists) {
    var box = null;
    lists.forEach(function (rects) {
      each(rects, function (r) {
        if (!r.width || !r.height) return;
        if (!box) box = { top: r.top, bottom: r.bottom, left: r.left, right: r.right };
        box.top = Math.min(box.top, r.top); box.bottom = Math.max(box.bottom, r.bottom);
        box.left = Math.min(box.left, r.left); box.right = Math.max(box.right, r.right);
      });
    });
    if (box) box.height = box.bottom - box.top;
    return box;
  }

  /* the widest that leaves room is kept free */
  function boxes() {
    var own = mark.getClientRects(), clause = mark.closest(".wr-clause");
    var clauses = clause ? clause.getClientRects() : own;
    return [hull([sentence(mark), clauses, own]), hull([clauses, own]), hull([own])].filter(Boolean);
  }

  function ceiling() { /* what sticks to the top of the window ends here */
    var low = 0;
    each(document.querySelectorAll(".wr-head, .wr-tools"), function (bar) {
      if (getComputedStyle(bar).position === "sticky") low += bar.offsetHeight;
    });
    return low + EDGE;
  }

  /* --- where the card stands --- */
  function stand(top, left, high, wide) {
    var style = card.style;
    style.setProperty("--wr-high", Math.floor(high) + "px");
    if (wide) style.setProperty("--wr-wide", Math.floor(wide) + "px");
    if (top === null) return;
    style.setProperty("--wr-at", Math.round(top + scrollY) + "px");
    style.setProperty("--wr-from", Math.round(left + scrollX) + "px");
  }

  function place() {
    if (!card || !mark.getClientRects().length) return;
    card.removeAttribute("style");
    card.classList.toggle("wr-sheet", SHEET.matches);
    var found = boxes();
    if (SHEET.matches) sheet(found);
    else if (innerWidth < MARGIN_FROM || waits(mark) || !margin(found[0])) beside(found);
  }

  function margin(box) {
    var left = Math.max(block(mark).getBoundingClientRect().right, box.right) + 2 * EDGE;
    var room = root.clientWidth - left - EDGE, top = ceiling();
    if (room < NARROWEST) return false;
    stand(0, left, innerHeight - top - EDGE, Math.min(room, 432));
    stand(Math.max(top, Math.min(box.top - EDGE, innerHeight - card.offsetHeight - EDGE)), left, innerHeight - top - EDGE);
    return true;
  }

  function beside(found) {
    var top = ceiling(), box, below, above;
    for (var i = 0; i < found.length; i++) {
      box = found[i];
      below = innerHeight - box.bottom - GAP - EDGE;
      above = box.top - GAP - top;
      if (Math.max(below, above) >= LEAST) break;
    }
    var under = below >= Math.min(card.offsetHeight, 320) || below >= above;
    var left = Math.max(EDGE, Math.min(mark.getBoundingClientRect().left - 24, root.clientWidth - card.offsetWidth - EDGE));
    var high = Math.min(under ? below : above, innerHeight * 0.75);
    stand(0, left, high);
    stand(under ? box.bottom + GAP : box.top - GAP - card.offsetHeight, left, high);
  }

  function sheet(found) {
    var top = ceiling(), room = innerHeight - top, own = found[found.length - 1], box;
    for (var i = 0; i < found.length; i++) { /* its end must be in sight, and the sign; its beginning where there is room */
      box = found[i];
      if (box.bottom - Math.min(own.top, box.bottom) + 2 * GAP <= room - LEAST * 0.75) break;
    }
    var kept = Math.min(box.height, room - Math.min(card.offsetHeight, Math.max(room * 0.4, LEAST)) - 2 * GAP);
    stand(null, 0, Math.min(innerHeight * 0.72, room - Math.max(kept, box.bottom - own.top) - 2 * GAP));
    var line = innerHeight - card.offsetHeight - GAP, by = 0;
    if (box.bottom > line) by = box.bottom - line;
    else if (box.top < top) by = Math.max(box.top - top, box.bottom - line);
    if (by + scrollY + innerHeight > root.scrollHeight) root.classList.add("wr-sheet-open"); /* more page to scroll into */
    if (by) scrollBy({ top: Math.ceil(by), behavior: "instant" });
  }

  /* --- open, go on, go back, close --- */
  function open(from, keep, go) { /* `go`: into the card, with the focus */
    clearTimeout(opening);
    clearTimeout(closing);
    if (mark === from) {
      pinned = pinned || keep;
      if (go) card.focus({ preventScroll: true });
      return;
    }
    close();
    var mine = wish = { keep: keep };
    come(fileOf(from), function () { if (wish === mine) opened(from, keep, go); }, function () { if (wish === mine && keep) toRecord(from); });
  }

  function toRecord(from) { location.href = from.getAttribute("href"); } /* the href of a mark in a drawing is no string */

  function opened(from, keep, go) {
    if (!from.getClientRects().length) return; /* sifted away meanwhile */
    var found = cardOf(from.getAttribute("data-card"));
    if (!found) { if (keep) toRecord(from); return; } /* a mark of a figure, whose card this page lacks */
    mark = from;
    pinned = keep;
    mark.setAttribute("aria-expanded", "true");
    here(found);
    show(found);
    if (go) card.focus({ preventScroll: true });
  }

  function show(next) {
    if (card) card.hidePopover();
    card = next;
    dress(card);
    card.querySelector(".wr-back").hidden = !trail.length;
    card.showPopover();
    card.scrollTop = 0;
    place();
  }

  function here(sheet) { /* what a card of a source says of this place */
    var line = sheet.querySelector(".wr-here"), clause = mark.closest(".wr-clause"), words = [];
    if (!line) return;
    if (mark.getAttribute("data-here")) words.push("Cited here: " + mark.getAttribute("data-here") + ".");
    if (clause && !clause.hasAttribute("data-level")) words.push("The sentence has no grade: it is this source’s word.");
    line.hidden = !words.length;
    line.classList.remove("wr-said");
    line.textContent = words.join(" ");
  }

  function said(sheet, before) { /* and what it says of the event whose card led to it */
    var line = sheet.querySelector(".wr-here"), words = [];
    if (!line) return;
    each(before.querySelectorAll('[data-source="' + sheet.id.slice(5) + '"] span'), function (one) { words.push(one.textContent); });
    line.hidden = !words.length;
    line.classList.add("wr-said");
    line.textContent = words.length ? "Of this it says: " + words.join(" ") : "";
  }

  function close(back) {
    clearTimeout(opening);
    clearTimeout(closing);
    wish = null;
    if (!card) return;
    var was = mark, had = card.contains(document.activeElement);
    card.hidePopover();
    root.classList.remove("wr-sheet-open");
    was.removeAttribute("aria-expanded");
    mark = card = null;
    pinned = false;
    trail = [];
    if (back || had) { still = true; was.focus({ preventScroll: true }); still = false; }
  }

  function leave() {
    clearTimeout(opening);
    clearTimeout(closing);
    if (wish && !wish.keep) wish = null;
    if (card && !pinned && !card.contains(document.activeElement)) closing = setTimeout(close, CLOSE_MS);
  }

  function target(link) { /* the card of what a link in a card leads to, if this page has it */
    var hash = link.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch (odd) { /* as it is */ }
    var found = hash && cardOf("card-" + hash);
    return found && found !== link.closest(".wr-card") ? found : null;
  }

  function follow(next) {
    var had = trail.indexOf(next);
    if (had >= 0) trail.length = had;
    else { trail.push(card); said(next, card); }
    pinned = true;
    show(next);
    card.focus({ preventScroll: true });
  }

  /* cards of sources without a sign here come when the first is asked for */
  function far(link) { return /^#s-/.test(link.hash) && link.matches(".wr-witnesses a") && !target(link); }

  function brought(link, then) {
    come((root.getAttribute("data-content_root") || "./") + "source-cards.js", function () {
      var html = window.wrSources[decodeURIComponent(link.hash.slice(1))];
      if (!html) { location.href = link.href; return; }
      if (!target(link)) {
        room.insertAdjacentHTML("beforeend", html);
        target(link).querySelector(".wr-permalink").setAttribute("href", link.getAttribute("href"));
      }
      then(target(link));
    }, function () { location.href = link.href; });
  }

  function goBack() {
    show(trail.pop());
    card.focus({ preventScroll: true });
  }

  /* --- what only a script can do in a card: back, close, copy, cite --- */
  function button(name, words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function dress(sheet) {
    if (sheet.querySelector(".wr-back")) return;
    var back = button("wr-back", "←", goBack), foot = sheet.querySelector(".wr-card-foot");
    var away = button("wr-close", "×", function () { close(true); }), title = sheet.querySelector(".wr-card-title");
    back.setAttribute("aria-label", "Back to the card before");
    away.setAttribute("aria-label", "Close");
    sheet.querySelector(".wr-kicker").prepend(back);
    sheet.querySelector(".wr-kicker").append(away);
    title.id = sheet.id + "-t";
    sheet.setAttribute("aria-labelledby", title.id);
    foot.append(" ", button("wr-copy-link", "Copy link", function (event) { window.wrCopy(event.currentTarget, permalink(sheet)); }));
    tell(sheet, foot);
    if (named(sheet)) foot.append(" ", button("wr-cite-it", "Cite", function (event) { cite(sheet, event.currentTarget); }));
    each(sheet.querySelectorAll("a[href]"), function (link) { if (target(link) || far(link)) link.classList.add("wr-to-card"); });
  }

  function tell(sheet, foot) { /* "0 4:3" is once on the first page of data-pages, three times on the fifth */
    var places = (sheet.getAttribute("data-told") || "").split(" ").filter(Boolean);
    var anchor = /^[a-z]-/.test(places[0] || "") ? places.shift() : sheet.id.slice(5);
    if (!places.length) return;
    var pages = JSON.parse(sheet.parentElement.getAttribute("data-pages")), line = document.createElement("p");
    line.className = "wr-told";
    line.textContent = { s: "Cited in ", c: "Quoted in ", a: "Named in " }[anchor[0]] || "Told in ";
    places.forEach(function (place, n) {
      var part = place.split(":"), page = pages[part[0]], link = document.createElement("a");
      link.href = page[0] + "#t-" + anchor;
      link.textContent = page[1];
      line.append(n ? ", " : "", link, part[1] ? " (" + part[1] + " times)" : "");
    });
    foot.before(line);
  }

  function permalink(sheet) { return sheet.querySelector(".wr-permalink").href; }

  function named(sheet) { /* what is the book's own to cite; a value by its event, with which data-told begins */
    var anchor = sheet.id.slice(5), kind = { e: "event", p: "event", d: "dispute", c: "claim" }[anchor[0]];
    if (anchor[0] === "p") anchor = sheet.getAttribute("data-told").split(" ")[0];
    return kind && kind + anchor.slice(1).replace("-", " ");
  }

  function cite(sheet, from) {
    var line = sheet.querySelector(".wr-cite-line");
    if (!line) {
      var title = sheet.querySelector(".wr-card-title").textContent;
      line = document.createElement("p");
      line.className = "wr-cite-line";
      line.textContent = sheet.parentElement.getAttribute("data-cite").replace("{title}", title)
        .replace("{name}", named(sheet)).replace(/\.$/, ", ") + permalink(sheet);
      sheet.querySelector(".wr-card-foot").before(line);
      place();
    }
    line.scrollIntoView({ block: "nearest" });
    window.wrCopy(from, line.textContent);
  }

  /* --- the signs of a paragraph are one stop; arrows lead from sign to sign --- */
  function group(of) {
    return Array.from(block(of).querySelectorAll(".wr-mark")).filter(function (one) {
      return block(one) === block(of) && one.getClientRects().length;
    });
  }

  function rove() {
    var had = new Set(), marks = Array.from(document.querySelectorAll(".wr-mark"));
    var stops = marks.map(function (one) { /* all are measured before any is changed: one layout, not one for each */
      var home = block(one), first = one.getClientRects().length > 0 && !had.has(home);
      if (first) had.add(home);
      return first;
    });
    marks.forEach(function (one, n) { one.tabIndex = stops[n] ? 0 : -1; });
  }

  function stopAt(one) { group(one).forEach(function (other) { other.tabIndex = other === one ? 0 : -1; }); }

  function step(event, from) {
    var all = group(from), at = all.indexOf(from);
    var to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    all[to].focus();
  }

  /* --- events --- */
  function on(name, act, how) { document.addEventListener(name, act, how || false); }
  function markOf(event) { /* a sign of the text or of a figure, if its card is on this page */
    var of = event.target.closest && event.target.closest("a.wr-mark, a.wr-ev, a[data-cards]");
    return of && room && (coming[fileOf(of)] !== true || has(of.getAttribute("data-card"))) && of;
  }
  function waits(of) { return of.hasAttribute("data-cards"); } /* in a list of hundreds, for a click */
  function inCard(event) { return card && card.contains(event.target); }
  function plain(event) { return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button); }

  on("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    var from = markOf(event);
    if (inCard(event) || (from && from === mark)) { clearTimeout(opening); clearTimeout(closing); return; }
    if (!from || waits(from)) { leave(); return; }
    clearTimeout(opening); /* a sheet scrolls the page, so it waits for a click */
    if (!pinned && !SHEET.matches) opening = setTimeout(open, OPEN_MS, from, false);
  });
  root.addEventListener("pointerleave", leave);

  on("focusin", function (event) {
    var from = markOf(event);
    if (!from || waits(from) || inCard(event)) return;
    stopAt(from);
    if (!still && from.matches(":focus-visible")) open(from, false);
  });
  on("focusout", function (event) { /* at once, so that it lies over nothing that has the focus next */
    if (!card || card.contains(event.relatedTarget)) return;
    if (event.relatedTarget && !pinned) close();
    else leave();
  });

  on("click", function (event) {
    if (inCard(event)) return clickIn(event);
    var from = markOf(event);
    if (from && plain(event)) {
      event.preventDefault();
      if (mark === from && pinned) { close(true); return; }
      open(from, true, event.detail === 0);
    } else if (card && SHEET.matches) { /* the tap that puts the sheet away does nothing else */
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }, true);

  function clickIn(event) {
    var link = event.target.closest("a[href]");
    var next = link && plain(event) && target(link);
    if (next) {
      event.preventDefault();
      follow(next);
    } else if (link && plain(event) && far(link)) {
      event.preventDefault();
      var from = card;
      brought(link, function (found) { if (card === from) follow(found); });
    } else if (link && link.hash && link.pathname === location.pathname) close();
  }

  on("pointerdown", function (event) {
    if (!card) wish = null; /* who goes elsewhere wants no card that is still on its way */
    if (card && !SHEET.matches && !inCard(event) && markOf(event) !== mark) close();
  });

  on("keydown", function (event) {
    if (event.key === "Escape" && !card) wish = null;
    if (event.key === "Escape" && card) { event.preventDefault(); close(); return; }
    if (inCard(event)) { if (event.key === "Tab") tabOut(event); return; }
    var from = markOf(event);
    if (from) step(event, from);
  });

  function tabOut(event) { /* without Shift, Tab goes on from the sign to what follows it */
    var stops = Array.from(card.querySelectorAll("a[href], button, summary")).filter(function (one) { return one.getClientRects().length; });
    var last = event.shiftKey ? [card, stops[0]] : [stops[stops.length - 1]];
    if (last.indexOf(document.activeElement) < 0) return;
    if (event.shiftKey) event.preventDefault();
    close(true);
  }

  each(document.body.children, function (one) { one.addEventListener("click", function () {}); }); /* or iOS keeps taps on words to itself */
  on("wr:state", function () { close(); rove(); });
  on("toggle", function (event) { if (inCard(event) && event.target.matches("details")) place(); }, true);
  addEventListener("resize", place);
  if (room && room.dataset.cards) ["pointerover", "pointerdown", "focusin", "keydown", "scroll"].forEach(function (name) {
    addEventListener(name, function () { come(room.dataset.cards, function () {}, function () {}); }, { once: true, passive: true });
  });
  rove();
})();

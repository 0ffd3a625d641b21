/* Evidence cards and reading aids. Everything here is an addition: without it marks are links to the record. */
(() => {
  "use strict";
  const SHEET = matchMedia("(max-width: 40rem)");
  const OPEN_MS = 140, CLOSE_MS = 260;

  /* --- cards --- */
  let mark = null, card = null, pinned = false, quiet = false, timer = 0;

  function place() {
    if (!card) return;
    card.style.cssText = "";
    if (SHEET.matches) return;
    const at = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const box = card.getBoundingClientRect(), gap = 8, edge = 12;
    const below = innerHeight - at.bottom - gap - edge, above = at.top - gap - edge;
    const under = below >= Math.min(box.height, 320) || below >= above;
    card.style.maxHeight = `${Math.max(160, under ? below : above)}px`;
    const height = Math.min(box.height, under ? below : above);
    card.style.top = `${under ? at.bottom + gap : at.top - gap - height}px`;
    card.style.left = `${Math.max(edge, Math.min(at.left - 24, document.documentElement.clientWidth - box.width - edge))}px`;
  }

  function open(from, keep) {
    clearTimeout(timer);
    if (mark === from) { pinned = pinned || keep; return; }
    close();
    mark = from;
    card = document.getElementById(from.dataset.card);
    if (!card) { mark = null; return; }
    pinned = keep;
    const here = card.querySelector(".wr-here");
    if (here) {
      here.hidden = !from.dataset.here;
      here.textContent = from.dataset.here ? `Cited here: ${from.dataset.here}` : "";
    }
    card.showPopover();
    card.scrollTop = 0;
    mark.setAttribute("aria-expanded", "true");
    place();
  }

  function close(back) {
    clearTimeout(timer);
    if (!card) return;
    const was = mark, had = card.contains(document.activeElement);
    card.hidePopover();
    mark.setAttribute("aria-expanded", "false");
    mark = card = null;
    pinned = false;
    if (back || had) { quiet = true; was.focus(); quiet = false; }
  }

  const later = (what, ms) => { clearTimeout(timer); timer = setTimeout(what, ms); };
  const leave = () => { if (!pinned && !(card && card.contains(document.activeElement))) later(close, CLOSE_MS); };

  function dress(link) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", link.dataset.card);
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") later(() => open(link, false), OPEN_MS);
    });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    link.addEventListener("focus", () => { if (!quiet && link.matches(":focus-visible")) open(link, false); });
    link.addEventListener("blur", leave);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (mark === link && pinned) { close(true); return; }
      open(link, true);
      if (event.detail === 0 && card) card.focus();
    });
  }

  function dressCard(sheet) {
    sheet.addEventListener("pointerenter", () => clearTimeout(timer));
    sheet.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
    sheet.addEventListener("focusout", (event) => { if (!pinned && !sheet.contains(event.relatedTarget)) leave(); });
    sheet.querySelector(".wr-close").addEventListener("click", () => close(true));
    sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Tab") return;
      const stops = [...sheet.querySelectorAll("a[href], button")];
      const last = event.shiftKey ? [sheet, stops[0]] : [stops[stops.length - 1]];
      if (!last.includes(document.activeElement)) return;
      if (event.shiftKey) event.preventDefault();
      close(true); /* without Shift, Tab goes on from the mark to what follows it */
    });
  }

  /* --- reading aids --- */
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a file may not store */ } };

  function aids(form) {
    form.hidden = false;
    for (const set of form.querySelectorAll("fieldset")) {
      const key = `wr-${set.dataset.aid}`;
      const inputs = [...set.querySelectorAll("input")];
      const first = inputs[0].value;
      const apply = (value) => {
        if (value === first) delete document.documentElement.dataset[set.dataset.aid];
        else document.documentElement.dataset[set.dataset.aid] = value;
      };
      const kept = inputs.find((input) => input.value === recall(key)) || inputs[0];
      kept.checked = true;
      apply(kept.value);
      set.addEventListener("change", (event) => { apply(event.target.value); remember(key, event.target.value); });
    }
  }

  for (const form of document.querySelectorAll(".wr-tools")) aids(form);

  /* --- sources by kind, perspective and how much was read --- */
  function filters(sources) {
    const form = document.createElement("form");
    form.className = "wr-filter";
    const shown = document.createElement("output");
    const chosen = {};
    const apply = () => {
      let count = 0;
      for (const source of sources) {
        source.hidden = Object.entries(chosen).some(([key, value]) => value && source.dataset[key] !== value);
        count += !source.hidden;
      }
      for (const section of document.querySelectorAll("section section:has(> .wr-source)")) {
        section.hidden = !section.querySelector(".wr-source:not([hidden])");
      }
      shown.value = `${count} of ${sources.length} sources`;
    };
    for (const key of ["kind", "perspective", "seen"]) {
      const label = document.createElement("label");
      const select = document.createElement("select");
      const values = [...new Set(sources.map((source) => source.dataset[key]))].sort();
      select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
      select.addEventListener("change", () => { chosen[key] = select.value; apply(); });
      label.append(`${key[0].toUpperCase()}${key.slice(1)} `, select);
      form.append(label);
    }
    form.append(shown);
    document.querySelector("section section:has(> .wr-source)").before(form);
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
    apply();
  }

  const sources = [...document.querySelectorAll(".wr-source[data-kind]")];
  if (sources.length) filters(sources);
  if (!HTMLElement.prototype.showPopover) return;
  document.querySelectorAll(".wr-mark").forEach(dress);
  document.querySelectorAll(".wr-card").forEach(dressCard);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card) { event.preventDefault(); close(); }
  });
  document.addEventListener("pointerdown", (event) => {
    if (card && !card.contains(event.target) && !mark.contains(event.target)) close();
  });
  addEventListener("scroll", () => {
    if (!card || SHEET.matches) return;
    if (pinned || mark === document.activeElement) place(); /* focus itself may scroll the page */
    else close();
  }, { passive: true });
  addEventListener("resize", place);
})();

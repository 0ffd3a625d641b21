/* One reading state: how sure, whose account, how many signs. Loaded in the head, so that it holds before first paint.
   What the reader chooses in the bar is kept, for every page and open tab. What an address asks for ("?evidence=...", a
   view that somebody sent) holds on its page and from there on in its tab; it is kept, and so becomes the reader's own,
   when the reader touches the bar in that tab. An address is asked once: going back to it later does not undo a choice.
   Others ask window.wrState, and hear of changes by the event "wr:state" of the document. */
(function () {
  "use strict";
  var root = document.documentElement;
  var CHOICES = {
    evidence: ["all", "attested", "corroborated", "documented"],
    account: ["all", "pakistani", "israeli", "other"],
    signs: ["all", "few"]
  };
  var KEYS = Object.keys(CHOICES);
  var LEVELS = { attested: 1, corroborated: 2, documented: 3 };
  var NAMES = {
    attested: "attested and up", corroborated: "corroborated and up", documented: "documented only",
    pakistani: "Pakistan’s account", israeli: "Israel’s account", other: "others’ account", few: "few signs"
  };
  var PROMPT = "Read by evidence, or one side’s account";
  var UNITS = [[".wr-clause", "sentence"], [".wr-account.wr-judged", "account"], ["tr.wr-judged[id]", "claim"],
    ["tr.wr-judged:not([hidden])", "event"], [".wr-judged:not(svg *)", "event"], [".wr-figure .wr-ev[data-level]", "mark"]];

  /* what was kept: in this tab, of a view that was sent; in the browser, of what the reader chose. A file may not store */
  function recall(key) {
    try { return sessionStorage.getItem("wr-" + key) || localStorage.getItem("wr-" + key); } catch (refused) { return null; }
  }
  function hold(key, value) { try { sessionStorage.setItem("wr-" + key, value); } catch (refused) { /* the page has it */ } }
  function keep() {
    KEYS.forEach(function (key) {
      try {
        sessionStorage.removeItem("wr-" + key);
        if ((localStorage.getItem("wr-" + key) || "all") !== state[key]) localStorage.setItem("wr-" + key, state[key]);
      } catch (refused) { /* the page has it */ }
    });
  }

  function sound(key, value) { return CHOICES[key].indexOf(value) < 0 ? "all" : value; }

  /* what the address asks for goes before what was kept; evidence and account make one view */
  function first() {
    var asked = new URLSearchParams(location.search), view = asked.has("evidence") || asked.has("account"), made = {};
    KEYS.forEach(function (key) {
      var kept = recall(key), isAsked = asked.has(key) || (view && key !== "signs");
      made[key] = sound(key, isAsked && !(wasAsked() && kept) ? asked.get(key) : kept);
      if (isAsked && made[key] !== sound(key, kept)) hold(key, made[key]);
    });
    return made;
  }

  function wasAsked() { return Boolean(history.state && history.state.wrAsked); }

  function again() { /* another page or tab may have changed what is kept */
    var before = JSON.stringify(state);
    KEYS.forEach(function (key) { state[key] = sound(key, recall(key) || state[key]); });
    if (JSON.stringify(state) !== before) told();
  }

  function address(base) { /* where nothing can be dim, there is no bar, and the address says nothing of it */
    var asked = new URLSearchParams(base.search), bar = document.querySelector(".wr-tools");
    KEYS.forEach(function (key) {
      if (state[key] === "all" || !bar) asked.delete(key);
      else asked.set(key, state[key]);
    });
    var query = asked.toString();
    return base.pathname + (query ? "?" + query : "") + base.hash;
  }

  function apply() {
    KEYS.forEach(function (key) {
      if (state[key] === "all") root.removeAttribute("data-" + key);
      else root.setAttribute("data-" + key, state[key]);
    });
  }

  function write() {
    var here = address(location);
    if (here === location.pathname + location.search + location.hash && wasAsked()) return;
    try { history.replaceState(Object.assign({}, history.state, { wrAsked: true }), "", here); } catch (refused) { /* some browsers keep a file's address */ }
  }

  function set(changes) {
    KEYS.forEach(function (key) { if (CHOICES[key].indexOf(changes[key]) >= 0) state[key] = changes[key]; });
    keep();
    told();
  }

  function told() {
    apply();
    write();
    show();
    document.dispatchEvent(new CustomEvent("wr:state", { detail: get() }));
  }

  function get() { return { evidence: state.evidence, account: state.account, signs: state.signs }; }

  /* meets, fails or ungraded: `level` is 0 to 3 or null, `voices` names accounts or is null; a thing must meet both choices */
  function answer(level, voices) {
    var given = [];
    if (state.evidence !== "all") given.push(level === null ? "ungraded" : Number(level) >= LEVELS[state.evidence] ? "meets" : "fails");
    if (state.account !== "all") given.push(voices === null ? "ungraded" : voices.split(" ").indexOf(state.account) >= 0 ? "meets" : "fails");
    return given.indexOf("fails") >= 0 ? "fails" : given.indexOf("ungraded") >= 0 ? "ungraded" : "meets";
  }

  function count() {
    for (var n = 0; n < UNITS.length; n++) {
      var found = document.querySelectorAll(UNITS[n][0]);
      if (!found.length) continue;
      var made = { unit: UNITS[n][1], all: found.length, meets: 0, fails: 0, ungraded: 0 };
      for (var i = 0; i < found.length; i++) made[answer(found[i].getAttribute("data-level"), found[i].getAttribute("data-voices"))]++;
      return made;
    }
    return null;
  }

  /* --- the bar --- */
  function said(counted) {
    if (!counted || (state.evidence === "all" && state.account === "all")) return [];
    var unit = counted.unit + (counted.all === 1 ? " " : "s ");
    return [counted.fails + " of " + counted.all + " ", aside(unit), "dimmed", aside(counted.ungraded ? ", " + counted.ungraded + " ungraded" : "")];
  }

  function aside(words) { /* left out where the bar is narrow */
    var made = document.createElement("span");
    made.textContent = words;
    return made;
  }

  function now() {
    var names = KEYS.map(function (key) { return NAMES[state[key]]; }).filter(Boolean).join(", ");
    return names ? names.charAt(0).toUpperCase() + names.slice(1) : PROMPT;
  }

  function show() {
    each(document.querySelectorAll(".wr-tools"), function (bar) {
      each(bar.querySelectorAll("input"), function (input) { input.checked = state[input.name.slice(3)] === input.value; });
      bar.querySelector(".wr-tools-now").textContent = now();
      bar.querySelector(".wr-dimmed").replaceChildren.apply(bar.querySelector(".wr-dimmed"), said(count()));
    });
  }

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function wire(bar) {
    var fold = bar.querySelector("details");
    bar.addEventListener("change", function (event) {
      var changes = {};
      changes[event.target.name.slice(3)] = event.target.value;
      set(changes);
    });
    bar.addEventListener("reset", function (event) { event.preventDefault(); set({ evidence: "all", account: "all", signs: "all" }); });
    bar.querySelector(".wr-copy-view").addEventListener("click", function (event) {
      window.wrCopy(event.currentTarget, new URL(address(location), location.href).href, "The address bar has it");
    });
    bar.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !fold.open) return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", function (event) { if (!bar.contains(event.target)) fold.open = false; });
    bar.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !bar.contains(event.relatedTarget)) fold.open = false;
    });
  }

  var state = first();
  root.setAttribute("data-wr", ""); /* scripts work: the bar may be seen */
  apply();
  window.wrState = { get: get, set: set, answer: answer, count: count, address: address, show: show };
  document.addEventListener("DOMContentLoaded", function () {
    each(document.querySelectorAll(".wr-tools"), wire);
    write();
    show();
  });
  addEventListener("hashchange", write);
  addEventListener("pageshow", again); /* by "Back" a page comes as it was left */
  addEventListener("storage", again);
})();

/* Paper, copying, and what is fetched when it is first wanted. Everything here is an addition. */
(() => {
  "use strict";
  /* --- paper is white, whatever the screen is --- */
  const paper = matchMedia("print"), root = document.documentElement;
  let night = "";
  function onPaper() {
    if (paper.matches) notes();
    if (paper.matches && root.dataset.theme === "dark") { night = "dark"; root.dataset.theme = "light"; }
    else if (!paper.matches && night) { root.dataset.theme = night; night = ""; }
  }
  paper.addEventListener("change", onPaper);
  addEventListener("beforeprint", () => { notes(); onPaper(); });
  addEventListener("afterprint", onPaper);

  /* --- on paper a sign cannot be touched: what it says stands in a note at the end; a number keeps its number --- */
  function notes() {
    const article = document.querySelector(".bd-article");
    if (!article || article.querySelector(".wr-notes")) return;
    const list = document.createElement("div"), had = new Map();
    list.className = "wr-notes";
    for (const mark of article.querySelectorAll(".wr-mark[data-note]")) {
      const words = mark.dataset.note, number = mark.dataset.number;
      const key = number || had.get(words) || `n${had.size + 1}`;
      if (!number) mark.dataset.key = key;
      if (had.get(words) === key) continue;
      if (!number) had.set(words, key);
      const line = document.createElement("p"), name = document.createElement("b");
      name.textContent = `${key} `;
      line.append(name, words);
      list.append(line);
    }
    if (list.children.length) article.append(list);
  }

  /* --- one way to copy: the button says for a moment what came of it. Others ask window.wrCopy --- */
  window.wrCopy = async (button, words, refused = "Not allowed here") => {
    const name = button.dataset.name ??= button.textContent;
    let told = "Copied";
    try { await navigator.clipboard.writeText(words); } catch { /* what is selected can be copied all the same */
      const field = document.createElement("textarea");
      field.value = words;
      field.className = "wr-sr";
      button.after(field);
      field.select();
      if (!document.execCommand("copy")) told = refused;
      field.remove();
      button.focus();
    }
    button.textContent = told;
    setTimeout(() => { button.textContent = name; }, 2000);
  };

  /* --- "cite and link" comes when a reader first points at something, or moves on with a key --- */
  let wanted = false;
  function citing() {
    if (wanted) return;
    wanted = true;
    const script = document.createElement("script");
    script.src = `${root.dataset.content_root}_static/citing.js`;
    document.head.append(script);
  }
  for (const name of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(name, citing, { once: true });
})();

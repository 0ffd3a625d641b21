/* The colours that the reader chose, or those that go with forced ones; and a menu that closes when it has led somewhere. */
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const forced = matchMedia("(forced-colors: active)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const button = document.querySelector(".wr-theme");

  const show = () => {
    const kept = stored();
    const held = /^(dark|light)$/.test(kept) && !forced.matches;
    root.dataset.theme = held ? kept : system.matches ? "dark" : "light";
    button?.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
  };
  button?.addEventListener("click", () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* a file may not store */ }
    button.setAttribute("aria-pressed", String(next === "dark"));
  });
  for (const each of [system, forced]) each.addEventListener("change", show);
  show();

  const nav = document.getElementById("wr-nav");
  nav?.addEventListener("click", (event) => {
    if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
  });
  const current = nav?.querySelector(".current > a[href='#'], a.current");
  if (current) requestAnimationFrame(() => { nav.scrollTop = current.offsetTop - nav.clientHeight / 3; });
})();

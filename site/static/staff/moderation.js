/* Single keys on the page of a decision. Everything works without; a tick box turns them off. */
(() => {
  "use strict";
  const help = document.getElementById("shortcuts");
  const tick = document.getElementById("shortcuts-on");
  if (!help || !tick) return;
  const KEY = "moderation-shortcuts";
  const remembered = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  tick.checked = remembered() !== "off";
  tick.addEventListener("change", () => {
    try { localStorage.setItem(KEY, tick.checked ? "on" : "off"); } catch { /* for this page only */ }
  });
  help.hidden = false;

  const writes = (element) => element.matches(
    "textarea, select, [contenteditable], [contenteditable] *, input:not([type=radio], [type=checkbox], [type=button], [type=submit])",
  );
  const goTo = (selector) => () => document.querySelector(selector)?.focus();
  const press = (key) => () => document.querySelector(`[data-shortcut="${key}"]`)?.click();
  /* What the page itself names by data-shortcut: a field is gone to, anything else is pressed. */
  const named = (key) => {
    const element = key.length === 1 ? document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`) : null;
    return element && (() => { if (writes(element)) element.focus(); else element.click(); });
  };
  const acts = {
    p: press("p"),
    n: press("n"),
    u: press("u"),
    a: press("a"),
    s: press("s"),
    k: press("k"),
    t: goTo("#translation-section textarea"),
    r: goTo(".desk-reasons input:checked, .desk-reasons input"),
    e: goTo("#escalate-section textarea"),
    "?": () => { help.open = true; help.querySelector("summary").focus(); },
  };
  // Before Wagtail's own listeners: its “?” opens another help.
  document.addEventListener("keydown", (event) => {
    if (!tick.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof Element) || writes(event.target)) return;
    const act = named(event.key) ?? (Object.hasOwn(acts, event.key) ? acts[event.key] : null);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
})();

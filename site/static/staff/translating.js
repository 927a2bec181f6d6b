// The translator's desk: Ctrl+Enter saves, the next text that waits, words kept in the browser until
// the server has them (a session that ended, a network that is away). Everything works without it.
(() => {
  const form = document.querySelector("[data-translating]");
  if (!form) return;
  const key = `translating-${form.dataset.translating}`;
  // A note and times stand outside the form, and belong to it.
  const fields = [...form.elements].filter((field) => field.matches("textarea, [type=datetime-local]"));
  // What the server has of each: other words than the field’s while a colleague’s stand there, or
  // while they can't be stored.
  const shown = new Map(fields.map((field) => [field.name, field.dataset.stored ?? field.value]));
  const seen = (field) => form.elements[`seen-${field.name}`];
  const read = () => {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
  };
  const keep = () => {
    const kept = {};
    for (const field of fields) {
      if (field.value !== shown.get(field.name)) kept[field.name] = { words: field.value, seen: seen(field)?.value };
    }
    try {
      if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept));
      else localStorage.removeItem(key);
    } catch { /* no room, or not allowed: the form itself still holds the words */ }
  };
  const restored = new Map();
  // Once the server has answered, it has all that was typed: what it shows is the newest.
  for (const [name, kept] of "answered" in form.dataset ? [] : Object.entries(read())) {
    const field = form.elements[name];
    if (!field || field.value.trim() === kept.words.trim()) continue;
    // A colleague saved meanwhile: the server is told what was seen, and shows both.
    restored.set(field, seen(field)?.value);
    field.value = kept.words;
    field.closest("details")?.setAttribute("open", "");
    if (seen(field)) seen(field).value = kept.seen;
  }
  const note = document.querySelector("[data-restored]");
  if (restored.size) {
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      for (const [field, token] of restored) {
        field.value = shown.get(field.name);
        if (seen(field)) seen(field).value = token;
      }
      note.hidden = true;
      keep();
      restored.keys().next().value.focus();
    });
  }
  if (location.search === "?saved") history.replaceState(null, "", location.pathname + location.hash);
  keep();
  for (const field of fields) field.addEventListener("input", keep);
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", (event) => {
    if (!sending && fields.some((field) => field.value !== shown.get(field.name))) event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(form.querySelector(".translating-save button")); }
  });
  for (const take of form.querySelectorAll("[data-take]")) {
    const field = form.elements[take.dataset.take];
    take.hidden = false;
    take.addEventListener("click", () => {
      if (!field.value) field.value = take.dataset.words;
      keep();
      field.focus();
    });
  }
  const go = document.querySelector("[data-next-waiting]");
  if (go) go.addEventListener("click", (event) => {
    const waiting = [...form.querySelectorAll("[data-waiting] textarea")].filter((field) => !field.value);
    const next = waiting[0] || form.querySelector("[data-waiting] textarea");
    if (next) { event.preventDefault(); next.focus(); }
  });
  if (location.hash) document.querySelector(`textarea${location.hash}`)?.focus();
})();

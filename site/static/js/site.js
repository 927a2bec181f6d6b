/* Comforts on top of pages that work without: a counter, focus where something changed, the
   reader's own time, a link to copy, one press of a button. Words come from data attributes. */
(() => {
  "use strict";
  const lang = document.documentElement.lang || "en";
  const page = document.body.dataset;
  const plural = new Intl.PluralRules(lang);

  /* Characters and words as people see them, counted as core/graphemes.py does. */
  const WORD =
    /(?:[\p{L}\p{M}\p{N}]+['’\-‐‑](?=[\p{L}\p{M}\p{N}])|[\p{L}\p{M}\p{N}]*\p{Nd}[.,\u00a0\u202f](?=\p{Nd}))*[\p{L}\p{M}\p{N}]+/gu;
  const measure = (text, unit) => {
    const normal = text.trim().normalize("NFC");
    if (unit === "words") return (normal.match(WORD) || []).length;
    if (!Intl.Segmenter) return Array.from(normal).length;
    return Array.from(new Intl.Segmenter(lang).segment(normal)).length;
  };

  const counter = (note) => {
    const field = document.getElementById(note.dataset.for);
    if (!field) return;
    const limit = document.createElement("span");
    const seen = document.createElement("span");
    const heard = document.createElement("span");
    seen.setAttribute("aria-hidden", "true");
    limit.className = heard.className = "visually-hidden";
    heard.setAttribute("role", "status");
    let pause;
    const say = () => {
      const left = field.dataset.countLimit - measure(field.value, field.dataset.countUnit);
      const number = Math.abs(left);
      const form = plural.select(number) === "one" ? "One" : "Other";
      const words = note.dataset[(left < 0 ? "over" : "left") + form];
      seen.textContent = words.replace("{n}", number.toLocaleString(lang));
      note.classList.toggle("counter-over", left < 0);
    };
    field.addEventListener("input", () => {
      say();
      clearTimeout(pause);
      pause = setTimeout(() => (heard.textContent = seen.textContent), 1000);
    });
    limit.append(...note.childNodes); /* still what describes the field */
    note.append(limit, seen);
    note.after(heard);
    say();
  };

  /* Beside a deadline, where the reader's clock differs from the one that is shown. */
  const localTime = (time) => {
    const moment = new Date(time.dateTime);
    if (isNaN(moment)) return;
    const locale = lang === "en" ? "en-GB" : lang;
    const day = (timeZone) => moment.toLocaleDateString(locale, { dateStyle: "long", timeZone });
    const figures = (timeZone) => moment.toLocaleTimeString(locale, { timeStyle: "short", timeZone });
    const hour = (timeZone) =>
      lang === "fr" ? figures(timeZone).replace(":", "\u00a0h\u00a0") : figures(timeZone);
    const shown = page.timeZone;
    if (day() === day(shown) && hour() === hour(shown)) return;
    const own = day() === day(shown) ? hour() : `${day()}, ${hour()}`;
    const note = document.createElement("span");
    note.className = "local-time";
    note.textContent = ` (${page.yourTime.replace("{time}", own)})`;
    time.after(note);
  };

  const copyLink = (button) => {
    if (!navigator.clipboard) return;
    button.closest("[hidden]").hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.nextElementSibling.textContent = button.dataset.copied;
    });
  };

  const enhance = (root) => {
    root.querySelectorAll(".counter[data-for]").forEach(counter);
    root.querySelectorAll("[data-local] time").forEach(localTime);
    root.querySelectorAll("[data-copy]").forEach(copyLink);
    const changed = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (changed) changed.focus();
  };

  /* Another language opens an idea in other words: “We should”, “Il faut”. */
  document.addEventListener("change", ({ target }) => {
    const { opening } = target.dataset;
    if (!opening) return;
    const field = target.form.elements.text;
    const openings = [...target.form.querySelectorAll("[data-opening]")].map((one) => one.dataset.opening);
    const stands = openings.find((words) => field.value.startsWith(words)) ?? "";
    if (stands || !field.value.trim()) field.value = opening + field.value.slice(stands.length);
    field.lang = target.value;
    field.dispatchEvent(new Event("input"));
  });

  /* The server decides what a second press means; this only spares people the doubt. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), 4000);
  });
  addEventListener("pageshow", () =>
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")),
  );

  /* What got no good answer stays on the page, and can be sent again. */
  const told = (words) => {
    const note = document.createElement("p");
    note.className = "error not-sent";
    note.setAttribute("role", "alert");
    note.textContent = words;
    return note;
  };
  const failed = (event) => {
    // Too old, or without its cookies: loaded again, it offers what can be done.
    if (event.detail.xhr?.status === 403) {
      history.replaceState({ refused: true }, "");
      history.scrollRestoration = "manual"; // what it says stands on top
      return location.reload();
    }
    event.target.after(told(page.notSent));
  };
  if (history.state?.refused) {
    history.replaceState(null, "");
    const note = told(page.refused);
    note.tabIndex = -1;
    note.dataset.focus = "";
    document.querySelector("main").prepend(note);
  }
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) =>
    document.addEventListener(name, failed),
  );
  document.addEventListener("htmx:beforeRequest", () =>
    document.querySelectorAll(".not-sent").forEach((note) => note.remove()),
  );
  document.addEventListener("htmx:afterRequest", (event) =>
    event.target.removeAttribute("aria-busy"),
  );
  /* A form that saves by itself waits for a pause: the last words are sent as the page goes. */
  const drafted = document.querySelector('form[data-hx-trigger^="input"]');
  let typed = 0;
  let saved = 0;
  let sending;
  const last = () => {
    const all = new FormData(drafted);
    [...all].forEach(([name, value]) => typeof value === "string" || all.delete(name));
    return all;
  };
  const fits = (all) => new Blob([...all].flat()).size + 200 * [...all].length < 60000; // bytes
  const leave = () => {
    const body = last();
    if (typed === saved || !fits(body)) return;
    saved = typed;
    fetch(drafted.action, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true })
      .then((answer) => answer.text())
      .then((words) => {
        const [, name, value] = /name="(screen|revision)" value="([^"]+)/.exec(words);
        drafted[name].value = value;
      })
      .catch(() => (saved = -1));
  };
  if (drafted) {
    drafted.addEventListener("input", () => (typed += 1));
    drafted.addEventListener("submit", () => (saved = typed));
    drafted.addEventListener("htmx:beforeRequest", ({ detail }) => {
      sending = true;
      detail.xhr.typed = typed;
    });
    drafted.addEventListener("htmx:afterRequest", ({ detail }) => {
      sending = false;
      if (detail.successful) saved = Math.max(saved, detail.xhr.typed);
      if (document.hidden) leave();
    });
    document.addEventListener("visibilitychange", () => document.hidden && !sending && leave());
    addEventListener("pagehide", leave);
    addEventListener("beforeunload", (event) => {
      if (typed !== saved && (sending || !fits(last()))) event.preventDefault();
    });
  }

  /* Where what came says nothing about the focus, and what was pressed did not come again, the
     title takes it: it is never lost. */
  document.addEventListener("htmx:afterSettle", (event) => {
    enhance(event.target);
    const title = event.target.querySelector("h1");
    if (!title || event.target.contains(document.activeElement)) return;
    title.tabIndex = -1;
    title.focus();
  });
  enhance(document.documentElement);
})();

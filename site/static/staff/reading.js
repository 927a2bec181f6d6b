/* Words of an answer, selected with the mouse or the keyboard, go into the form that marks them.
   Places are counted in code points, as the server counts. Without this, words are pasted. */
(() => {
  "use strict";
  const form = document.getElementById("mark-form");
  const texts = [...document.querySelectorAll("[data-answer]")];
  if (!form || !texts.length) return;
  const field = form.elements;
  const how = form.querySelector(".reading-how");
  if (how) how.hidden = false;

  const codePoints = (text) => Array.from(text).length;
  const textOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest("[data-answer]");

  /* What is selected, if it lies within one answer. */
  const selected = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = textOf(range.commonAncestorContainer);
    const words = range.toString();
    if (!text || !words.trim()) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = codePoints(before.toString());
    return { answer: text.dataset.answer, language: text.lang, words, start, end: start + codePoints(words) };
  };
  const keep = (found) => {
    field.words.value = found.words;
    field.words.lang = found.language;
    field.answer.value = found.answer;
    field.start.value = found.start;
    field.end.value = found.end;
  };
  /* Pasted or changed by hand, they are looked for. */
  field.words.addEventListener("input", () => {
    field.answer.value = field.start.value = field.end.value = "";
  });

  const bar = document.createElement("div");
  bar.className = "reading-bar";
  bar.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = form.querySelector("[value=mark]").textContent;
  bar.append(button);
  document.body.append(bar);
  const onwards = () => {
    const found = selected();
    if (!found) return false;
    keep(found);
    bar.hidden = true;
    const first = form.querySelector("[name=codes]") || form.querySelector("[value=mark]");
    document.getSelection().removeAllRanges();
    form.scrollIntoView({ block: "nearest" });
    first.focus();
    return true;
  };
  // A press on the button must not take the selection away first.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", onwards);
  document.addEventListener("selectionchange", () => { bar.hidden = !selected(); });

  /* A caret in the words: they can be walked through and selected, and nothing else. */
  const leave = (text) => {
    text.removeAttribute("contenteditable");
    text.removeAttribute("role");
    text.removeAttribute("aria-multiline");
    text.removeAttribute("aria-readonly");
    text.removeAttribute("aria-labelledby");
  };
  const enter = (text) => {
    const question = text.closest("article");
    text.setAttribute("contenteditable", "true");
    text.setAttribute("inputmode", "none");
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-readonly", "true");
    if (question) text.setAttribute("aria-labelledby", question.getAttribute("aria-labelledby"));
    text.spellcheck = false;
    text.focus();
    document.getSelection().collapse(text, 0);
  };
  let last = -1;
  texts.forEach((text, place) => {
    const written = text.innerHTML;
    text.addEventListener("beforeinput", (event) => event.preventDefault());
    text.addEventListener("drop", (event) => event.preventDefault());
    // Some input methods can't be stopped: what they write goes again.
    text.addEventListener("input", () => { text.innerHTML = written; });
    text.addEventListener("focus", () => { last = place; });
    text.addEventListener("blur", () => leave(text));
    text.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") text.blur();
      else if (event.key === "Enter" || event.key === "m") {
        event.preventDefault();
        onwards();
      } else if (event.key === "s" && !event.shiftKey) {
        event.preventDefault();
        enter(texts[(place + 1) % texts.length]);
      }
    });
  });
  const next = document.createElement("button");
  next.type = "button";
  next.hidden = true;
  next.dataset.shortcut = "s";
  next.addEventListener("click", () => enter(texts[(last + 1) % texts.length]));
  form.append(next);
  // “m” with words selected takes them along; without, it goes to the field.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!document.getElementById("shortcuts-on")?.checked || !selected()) return;
    if (event.target instanceof Element && event.target.matches("textarea, input, select")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    onwards();
  }, true);
})();

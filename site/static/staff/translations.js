/* Comforts of the translator's desk: how long the words are, and Ctrl + Enter in their field. */
(() => {
  "use strict";
  const field = document.getElementById("id_text");
  const note = document.getElementById("text-count");
  if (!field || !note) return;
  const lang = document.documentElement.lang || "en";
  // As the server counts (core/graphemes.py).
  const length = (text) => {
    const normal = text.trim().normalize("NFC");
    return Intl.Segmenter ? Array.from(new Intl.Segmenter(lang).segment(normal)).length : Array.from(normal).length;
  };
  const say = () => {
    const number = length(field.value);
    note.textContent = note.dataset.words.replace("{n}", number.toLocaleString(lang));
    note.classList.toggle("desk-overdue", number > Number(field.dataset.countLimit));
  };
  field.addEventListener("input", say);
  say();
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    document.querySelector("[data-shortcut=a]").click();
  });
})();

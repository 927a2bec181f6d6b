/* The page editor gives no name to its rich text, nor to the single field of a list: a screen reader
   would say "edit text" and no more. They are called after the label or the heading above them. */
(() => {
  const UNNAMED =
    "form [role=textbox][contenteditable=true]:not([aria-label]):not([aria-labelledby])," +
    "form [data-contentpath] :is(input:not([type=hidden]), textarea, select):not([aria-label])";
  const CALLED = ":scope > .w-field__label, :scope > .w-panel__header .w-panel__heading";

  const nameOf = (field) => {
    for (let up = field.parentElement; up && up.tagName !== "FORM"; up = up.parentElement) {
      const words = up.querySelector(CALLED)?.textContent.replace("*", "").trim();
      if (words) return words;
    }
    return "";
  };

  const nameAll = () => {
    document.querySelectorAll(UNNAMED).forEach((field) => {
      if (field.labels?.length) return;
      const place = /-(\d+)-value$/.exec(field.name || "");
      const name = nameOf(field);
      if (name) field.setAttribute("aria-label", place ? `${name} ${Number(place[1]) + 1}` : name);
    });
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      nameAll();
    });
  };

  window.addEventListener("load", () => {
    nameAll();
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  });
})();

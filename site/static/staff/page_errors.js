/* The page editor, when a page could not be saved: what is wrong stands on top, each with a link to
   its field, and the first of them has the focus. The words come with the script tag. */
(() => {
  const { title } = document.currentScript.dataset;
  const FIELDS = "input:not([type=hidden]), textarea, select, [contenteditable=true], button";

  /** Where an error stands: its field, what can be filled in there, and what it is called. */
  const placeOf = (error) => {
    const panel = error.closest(".w-panel");
    const field =
      error.closest("[data-contentpath]:has(.w-field__label)") ||
      error.closest(".w-panel__wrapper:has(.w-field__label)") ||
      error.closest(".w-field") ||
      panel;
    const label = field.querySelector(".w-field__label") || panel?.querySelector(".w-panel__heading");
    const words = (label?.textContent || "").replace("*", "").trim();
    return { control: field.querySelector(FIELDS) || field, words };
  };

  /** Open whatever hides it: a tab, a panel or a block that is folded. */
  const uncover = (control) => {
    const tab = control.closest("[role=tabpanel]");
    if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    for (let up = control.parentElement; up; up = up.parentElement) {
      const toggle = up.hidden && up.id && document.querySelector(`[aria-controls="${up.id}"]`);
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  const lead = (control) => {
    uncover(control);
    control.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  };

  const found = () => {
    const errors = [...document.querySelectorAll("form .error-message")];
    return errors.filter((error) => error.textContent.trim());
  };

  const show = () => {
    const errors = found();
    const form = errors[0]?.closest("form");
    if (!form || document.querySelector(".page-errors")) return;
    const box = document.createElement("section");
    box.className = "page-errors";
    box.setAttribute("aria-labelledby", "page-errors-title");
    const heading = document.createElement("h2");
    heading.id = "page-errors-title";
    heading.textContent = title;
    const list = document.createElement("ul");
    const controls = errors.map((error) => {
      const { control, words } = placeOf(error);
      if (!control.id) control.id = `page-error-${list.children.length + 1}`;
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = words ? `${words} – ${error.textContent.trim()}` : error.textContent.trim();
      link.addEventListener("click", (event) => {
        event.preventDefault();
        lead(control);
      });
      list.append(document.createElement("li"));
      list.lastChild.append(link);
      return control;
    });
    box.append(heading, list);
    form.before(box);
    lead(controls[0]);
  };

  // Blocks are drawn by the editor’s own script, after the page has come.
  window.addEventListener("load", () => window.setTimeout(show, 0));
})();

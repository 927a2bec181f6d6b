/* One box in the head of the list ticks all of its page. */
(() => {
  "use strict";
  const show = () => {
    const all = document.getElementById("select-all");
    if (all) all.hidden = false;
  };
  document.addEventListener("change", (event) => {
    if (event.target.id !== "select-all") return;
    document.querySelectorAll("input[form=share-form][name=id]").forEach((box) => { box.checked = event.target.checked; });
  });
  new MutationObserver(show).observe(document.getElementById("listing-results"), { childList: true, subtree: true });
  show();
})();

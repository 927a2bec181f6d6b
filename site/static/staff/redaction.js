// Words that are selected in the text are those to take out. Without it, they are pasted.
(() => {
  const text = document.querySelector("[data-words]");
  const field = document.getElementById("id_words");
  if (!text || !field) return;
  const take = () => {
    const selection = document.getSelection();
    const words = selection.toString().trim();
    if (words && selection.anchorNode && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      field.value = words;
    }
  };
  for (const event of ["mouseup", "keyup", "touchend"]) text.addEventListener(event, take);
})();

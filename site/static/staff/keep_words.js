/* The page editor when nobody is signed in any more, or the site does not answer: what was written
   stays where it is, until it can be saved. A form that is sent then would be gone for good. The
   words and addresses come with the script tag. */
(() => {
  const { ask, login, signedOut, signIn, noAnswer, other, admin } = document.currentScript.dataset;
  const opened = document.querySelector("meta[name=signed-in]").content;
  const EDITOR = "form[data-edit-form]";
  // What Wagtail adds to the form when a button of moderation is pressed.
  const DEED = "[name=action-workflow-action], [name^=workflow-action-]";
  const PATIENCE = 10_000;
  const LINKS = { [signedOut]: signIn, [other]: admin };
  const box = document.createElement("div");
  box.className = "keep-words";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  let asking = false;
  let sure = false;

  /** What stands in the way of saving; nothing when all is well. Who came back has a new token:
      nobody else, under whose name the words would be saved. */
  const trouble = async () => {
    let answer;
    try {
      answer = await fetch(ask, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 403) return signedOut;
      if (!answer.ok) return noAnswer;
      const { token, who } = await answer.json();
      if (String(who) !== opened) return other;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => {
        field.value = token;
      });
    } catch {
      return noAnswer;
    }
    return "";
  };

  const tell = (words) => {
    if (box.dataset.told === words) return;
    box.dataset.told = words;
    box.replaceChildren();
    if (!words) return;
    const said = document.createElement("p");
    said.textContent = words;
    box.append(said);
    if (!LINKS[words]) return;
    const link = document.createElement("a");
    link.href = login;
    link.target = "_blank";
    link.textContent = LINKS[words];
    box.append(link);
  };

  const look = async () => {
    const words = await trouble();
    tell(words);
    return !words;
  };

  /** With its button, which Wagtail has turned off by now: what is off is not sent. */
  const send = (form, button) => {
    button?.removeAttribute("disabled");
    sure = true;
    form.requestSubmit(button);
    sure = false;
    button?.setAttribute("disabled", "");
  };

  // Before Wagtail hears of it, which takes a form that is sent for one that is saved.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (sure || !form.matches(EDITOR)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Off the form until this press is sent: what is saved later, or by itself, approves nothing.
    const deed = [...form.querySelectorAll(DEED)];
    deed.forEach((field) => field.remove());
    if (asking) return;
    asking = true;
    const button = event.submitter;
    const well = await look();
    asking = false;
    if (well) {
      form.append(...deed);
      send(form, button);
      return;
    }
    button?.setAttribute("data-w-progress-loading-value", "false");
    (box.querySelector("a") ?? box).focus();
  }, true);

  // What is written from the moment in which the page begins to save itself until it has, Wagtail
  // takes for saved: it compares with the form as it stands then. It is to compare with what was sent.
  const watching = (form) => (
    window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved")
  );
  let sent;
  document.addEventListener("w-autosave:save", ({ target }) => {
    sent = watching(target)?.formData;
  });
  document.addEventListener("w-autosave:success", ({ target }) => {
    const watch = watching(target);
    if (watch) watch.initialFormData = sent;
  });

  // What saves itself says no more than that it is paused.
  document.addEventListener("w-autosave:error", look);
  document.addEventListener("w-autosave:success", () => tell(""));
  // Whatever Wagtail does: it gives up saving by itself when the site goes as the page renews itself.
  ["focus", "online"].forEach((back) => window.addEventListener(back, () => {
    if (box.dataset.told) look();
  }));
  window.addEventListener("load", () => {
    if (document.querySelector(EDITOR)) document.body.append(box);
  });
})();

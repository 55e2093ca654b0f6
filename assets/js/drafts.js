// @ts-check
// What is being typed survives a closed tab, a lost connection and another device: kept in this browser
// at once, and at the forum as soon as the fingers rest. A browser may be shared: what it keeps is kept
// for one person, and forgotten when that person signs out.

const draftOwner = `draft ${document.documentElement.dataset.me ?? ""} `;

{
  const area = document.querySelector("textarea[name=body]");
  const form = area instanceof HTMLTextAreaElement ? area.form : null;
  if (area instanceof HTMLTextAreaElement && form && form.method === "post") {
    const key = draftOwner + new URL(form.action).pathname;
    const said = form.querySelector("[data-kept]");
    const say = (/** @type {boolean} */ kept) => said instanceof HTMLElement && (said.hidden = !kept);
    let waiting = 0;
    let sent = false;
    /** One saving at a time, so that the older never comes after the newer. */
    let saving = Promise.resolve();

    /** @param {boolean} leaving Whether the page goes away, which only a short text survives. */
    const keep = async (leaving) => {
      if (sent) return;
      const text = area.value;
      const fields = new URLSearchParams();
      new FormData(form).forEach((value, name) => typeof value === "string" && fields.append(name, value));
      fields.set("do", "keep");
      const keepalive = leaving && fields.toString().length < 60_000;
      try {
        const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "error", keepalive });
        if (answer.status !== 204 || area.value !== text || sent) return;
        localStorage.removeItem(key);
        say(true);
      } catch {
        // Not signed in any more, or no forum to be reached: this browser has it until there is.
      }
    };
    const stop = () => {
      clearTimeout(waiting);
      waiting = 0;
    };
    const rest = () => {
      stop();
      if (form.dataset.draft === undefined) return;
      waiting = setTimeout(() => {
        waiting = 0;
        saving = saving.then(() => keep(false));
      }, 1500);
    };

    // What only this browser knows. Where the forum knows something else, written on another device, or the
    // page begins with a quotation, both stay; a board's template is what was typed over.
    const kept = localStorage.getItem(key);
    const known = area.value.trim() === "" || form.dataset.draft === "begun" ? "" : area.value;
    if (kept && kept !== area.value) {
      area.value = known.includes(kept) ? known : kept.includes(known) ? kept : `${known}\n\n${kept}`;
      rest();
    }
    form.addEventListener("input", () => {
      localStorage.setItem(key, area.value);
      say(false);
      rest();
    });
    form.addEventListener("submit", (event) => {
      stop();
      sent = true;
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement) || button.value !== "preview") localStorage.removeItem(key);
    });
    addEventListener("pagehide", () => {
      if (!waiting) return;
      stop();
      keep(true);
    });
    addEventListener("pageshow", () => (sent = false));
  }

  document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(draftOwner)) localStorage.removeItem(key);
  });
}

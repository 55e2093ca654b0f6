// @ts-check
// What is being typed survives a closed tab, a lost connection and another device: kept in this browser
// at once, and at the forum as soon as the fingers rest.
{
  const area = document.querySelector("textarea[name=body]");
  const form = area instanceof HTMLTextAreaElement ? area.form : null;
  if (area instanceof HTMLTextAreaElement && form && form.method === "post") {
    const key = `draft ${new URL(form.action).pathname}`;
    const said = form.querySelector("[data-kept]");
    const say = (/** @type {boolean} */ kept) => said instanceof HTMLElement && (said.hidden = !kept);
    let waiting = 0;
    let sent = false;

    const keep = async () => {
      clearTimeout(waiting);
      waiting = 0;
      const text = area.value;
      const fields = new URLSearchParams();
      new FormData(form).forEach((value, name) => fields.append(name, String(value)));
      fields.set("do", "keep");
      try {
        const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "error", keepalive: true });
        if (answer.status !== 204 || area.value !== text || sent) return;
        localStorage.removeItem(key);
        say(true);
      } catch {
        // Not signed in any more, or no forum to be reached: this browser has it until there is.
      }
    };
    const rest = () => {
      clearTimeout(waiting);
      if (form.dataset.draft !== undefined) waiting = setTimeout(keep, 1500);
    };

    // What only this browser knows. Where the forum knows something else, written on another device, both stay.
    const kept = localStorage.getItem(key);
    const known = area.value.trim() === "" ? "" : area.value;
    if (kept && kept !== known && (known === "" || form.dataset.draft === "kept")) {
      area.value = known.includes(kept) ? known : kept.includes(known) ? kept : `${known}\n\n${kept}`;
      rest();
    }
    form.addEventListener("input", () => {
      localStorage.setItem(key, area.value);
      say(false);
      rest();
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      waiting = 0;
      sent = true;
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement) || button.value !== "preview") localStorage.removeItem(key);
    });
    addEventListener("pagehide", () => waiting && keep());
    addEventListener("pageshow", () => (sent = false));
  }
}

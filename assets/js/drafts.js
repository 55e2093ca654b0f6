// What is being typed survives a closed tab: kept in this browser, by page, until it is sent.
{
  const area = document.querySelector("textarea[name=body]");
  const form = area instanceof HTMLTextAreaElement ? area.form : null;
  if (area instanceof HTMLTextAreaElement && form && form.method === "post") {
    const key = `draft ${new URL(form.action).pathname}`;
    const kept = localStorage.getItem(key);
    if (kept && area.value.trim() === "") area.value = kept;
    area.addEventListener("input", () => localStorage.setItem(key, area.value));
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!(button instanceof HTMLButtonElement) || button.value !== "preview") localStorage.removeItem(key);
    });
  }
}

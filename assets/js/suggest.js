// @ts-check
// While a search is typed: topics with such words in their titles, and tags, as links below the box.
for (const form of document.querySelectorAll("form.searching")) {
  const box = form.querySelector("input[type=search]");
  if (!(box instanceof HTMLInputElement)) continue;
  const list = document.createElement("ul");
  list.className = "offered panel";
  list.hidden = true;
  form.append(list);
  let waiting = 0;

  const links = () => [...list.querySelectorAll("a")];
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };
  const offer = async () => {
    const typed = box.value.trim();
    if (typed.length < 2) return close();
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || box.value.trim() !== typed) return;
      /** @type {[string, string][]} */
      const found = await answer.json();
      list.replaceChildren(
        ...found.map(([url, label]) => {
          const link = document.createElement("a");
          link.href = url;
          link.textContent = label;
          const line = document.createElement("li");
          line.append(link);
          return line;
        }),
      );
      list.hidden = found.length === 0;
    } catch {
      // Not reached: the search itself says what is wrong.
      close();
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 200);
  });
  form.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || list.hidden) return;
    const all = links();
    const here = all.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(here + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here <= 0) box.focus();
    else if (event.key === "ArrowUp") all[here - 1].focus();
    else if (event.key === "Escape") {
      close();
      box.focus();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    const to = event instanceof FocusEvent ? event.relatedTarget : null;
    if (!(to instanceof Node) || !form.contains(to)) setTimeout(() => !form.contains(document.activeElement) && close(), 0);
  });
}

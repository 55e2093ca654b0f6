// @ts-check
// People are offered while one types an @ and the beginning of a name: only those who see the space.
{
  const area = document.querySelector("textarea[name=body]");
  const from = document.querySelector("[data-files]")?.getAttribute("data-files")?.replace(/\/files$/, "/people");
  if (area instanceof HTMLTextAreaElement && from) {
    const list = document.createElement("ul");
    list.className = "offered panel";
    list.id = "offered";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    area.after(list);
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("aria-autocomplete", "list");
    let waiting = 0;
    let chosen = 0;
    /** @type {[string, string][]} */
    let offered = [];

    /** What stands before the cursor after an @, if that is where one types. */
    const begun = () => /(?:^|[\s([{>])@([\p{L}\d._-]{1,30})$/u.exec(area.value.slice(0, area.selectionStart))?.[1];

    const close = () => {
      list.hidden = true;
      offered = [];
      area.removeAttribute("aria-activedescendant");
    };
    const choose = (/** @type {number} */ place) => {
      chosen = (place + offered.length) % offered.length;
      [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === chosen)));
      area.setAttribute("aria-activedescendant", `offered-${chosen}`);
    };
    const take = () => {
      const word = begun();
      const person = offered[chosen];
      if (word === undefined || !person) return close();
      const end = area.selectionStart;
      area.setRangeText(`@${person[0]} `, end - word.length - 1, end, "end");
      close();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const offer = async () => {
      const word = begun();
      if (word === undefined) return close();
      try {
        const answer = await fetch(`${from}?q=${encodeURIComponent(word)}`);
        if (!answer.ok || begun() !== word) return close();
        offered = await answer.json();
      } catch {
        return close();
      }
      if (offered.length === 0) return close();
      list.replaceChildren(
        ...offered.map(([name, called], at) => {
          const line = document.createElement("li");
          line.id = `offered-${at}`;
          line.setAttribute("role", "option");
          line.textContent = `${called} @${name}`;
          line.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            chosen = at;
            take();
          });
          return line;
        }),
      );
      list.hidden = false;
      choose(0);
    };
    area.addEventListener("input", () => {
      clearTimeout(waiting);
      if (begun() === undefined) return close();
      waiting = setTimeout(offer, 150);
    });
    area.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Enter" || event.key === "Tab") take();
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    area.addEventListener("blur", close);
  }
}

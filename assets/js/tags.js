// @ts-check
// The tags that a space uses are offered while one types; a press adds or takes away.
{
  const box = document.querySelector("[data-tags]");
  const input = document.querySelector("input[name=tags]");
  if (box && input instanceof HTMLInputElement) {
    const parts = () => input.value.split(",").map((part) => part.trim().replace(/^#/, ""));
    const buttons = [...box.querySelectorAll(".tag")].map((word) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tag";
      button.textContent = word.textContent;
      button.addEventListener("click", () => {
        const name = button.textContent ?? "";
        const all = parts();
        const last = all.at(-1) ?? "";
        if (all.includes(name)) input.value = all.filter((part) => part && part !== name).join(", ");
        else {
          // What was begun is finished by it.
          if (last && name.startsWith(last.toLowerCase())) all.pop();
          input.value = [...all.filter(Boolean), name].join(", ");
        }
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      });
      word.replaceWith(button);
      return button;
    });
    const show = () => {
      const all = parts();
      const begun = (all.at(-1) ?? "").toLowerCase();
      for (const button of buttons) {
        const name = button.textContent ?? "";
        button.setAttribute("aria-pressed", String(all.includes(name)));
        button.hidden = begun !== "" && !all.includes(name) && !name.includes(begun);
      }
    };
    input.addEventListener("input", show);
    show();
  }
}

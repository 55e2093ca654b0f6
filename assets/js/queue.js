// @ts-check
// Keys of the queue: j and k go through the reviews, Enter opens one, a letter presses its button, x
// ticks its box, z undoes what was decided last.

/** @returns {HTMLElement[]} */
const entries = () => [...document.querySelectorAll(".queue-item")].filter((entry) => entry instanceof HTMLElement);

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = target instanceof HTMLInputElement && target.type === "checkbox";
  if (!box && target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
  if (event.key === "z") {
    const undo = document.querySelector('button[data-key="z"]');
    if (undo instanceof HTMLElement) undo.click();
    return;
  }
  if (event.key === "?") {
    const keys = document.querySelector("details.keys");
    if (keys instanceof HTMLDetailsElement) {
      keys.open = !keys.open;
      keys.scrollIntoView({ block: "nearest" });
    }
    return;
  }
  const all = entries();
  if (all.length === 0) return;
  // The page of one review is about that one, wherever the focus is.
  const here = all.length === 1 ? 0 : all.findIndex((entry) => entry.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const next = all[event.key === "j" ? Math.min(here + 1, all.length - 1) : Math.max(here - 1, 0)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  } else if (here >= 0 && event.key === "Enter" && document.activeElement === all[here]) {
    all[here].querySelector("a")?.click();
  } else if (here >= 0) {
    const button = all[here].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button instanceof HTMLElement) button.click();
  }
});

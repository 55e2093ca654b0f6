// @ts-check
// Conveniences on top of pages that work without them. Delete this folder and everything still works.

document.documentElement.classList.add("script");

/** Whether somebody is typing, so that letters are letters. @param {EventTarget | null} target */
const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// `/` goes to the search box, `n` to the next post that is new.
document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const box = document.querySelector(".masthead [type=search]");
    if (box instanceof HTMLElement) {
      box.focus();
      event.preventDefault();
    }
  }
  if (event.key === "n") {
    const news = [...document.querySelectorAll(".post .new")].map((mark) => mark.closest(".post"));
    const next = news.find((post) => post && post.getBoundingClientRect().top > 90) ?? news[0];
    if (next instanceof HTMLElement) {
      for (let fold = next.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
      next.tabIndex = -1;
      next.scrollIntoView({ block: "start" });
      next.focus({ preventScroll: true });
    }
  }
});

// A link to a post inside a fold opens the fold.
const reveal = () => {
  const target = location.hash.startsWith("#post-") ? document.getElementById(location.hash.slice(1)) : null;
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  target.scrollIntoView({ block: "start" });
};
addEventListener("hashchange", reveal);
reveal();

// One press sends one form: the server knows the form's key, this only spares the second trip.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent")));

// @ts-check
// Keys for those who like them; every one of them is a link or a button too. j and k go through posts or topics, g and
// a letter to a page, r to the reply, ? shows them all. The queue has keys of its own.
{
  /** @param {EventTarget | null} target */
  const typing = (target) =>
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  /** @type {Record<string, string>} */
  const pages = { h: "/", l: "/latest", u: "/unread", f: "/for-you" };
  let going = 0;
  /** Where j and k went last, also when the focus has left it. @type {HTMLElement | undefined} */
  let at;

  /** What can be gone through: posts of a topic, else titles of a list. @returns {HTMLElement[]} */
  const stops = () => {
    const posts = [...document.querySelectorAll(".post")];
    const all = posts.length > 0 ? posts : [...document.querySelectorAll("main a.title, main td a[href^='/topics/']")];
    return /** @type {HTMLElement[]} */ (all.filter((one) => one instanceof HTMLElement && one.offsetParent !== null));
  };

  const show = () => {
    const open = document.querySelector("dialog.keys");
    if (open instanceof HTMLDialogElement) return open.close();
    // A request parses the page by itself, without a text that a script would turn into elements.
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.open("GET", "/keys");
    // Not reached: the page of keys is linked at the foot of every page.
    request.addEventListener("load", () => {
      const keys = request.responseXML?.getElementById("keys");
      if (!keys || document.querySelector("dialog.keys")) return;
      const dialog = document.createElement("dialog");
      dialog.className = "keys";
      dialog.append(document.importNode(keys, true));
      dialog.addEventListener("close", () => dialog.remove());
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
      document.body.append(dialog);
      dialog.showModal();
    });
    request.send();
  };

  document.addEventListener("keydown", (event) => {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector(".queue-item, details.keys")) return;
    if (Date.now() - going < 1200 && pages[event.key]) {
      location.href = pages[event.key];
      return;
    }
    going = event.key === "g" ? Date.now() : 0;
    if (event.key === "?") {
      show();
    } else if (event.key === "j" || event.key === "k") {
      const all = stops();
      const focused = all.findIndex((one) => one.contains(document.activeElement));
      const here = focused < 0 && at ? all.indexOf(at) : focused;
      const next = all[event.key === "j" ? Math.min(here + 1, all.length - 1) : Math.max(here - 1, 0)];
      if (!next) return;
      at = next;
      if (!next.matches("a")) next.tabIndex = -1;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "start" });
    } else if (event.key === "r") {
      const near = document.activeElement?.closest(".post") ?? at?.closest(".post");
      const post = near?.querySelector("a[href$='/reply']");
      const field = document.querySelector("form[action$='/reply'] textarea[name=body]");
      if (post instanceof HTMLElement) post.click();
      else if (field instanceof HTMLElement) field.focus();
      else return;
    } else return;
    event.preventDefault();
  });
}

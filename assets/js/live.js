// @ts-check
// What is new arrives without reloading. The stream says numbers only; this page then fetches itself, as
// whoever is looking, and takes over what is in it. Nothing is lost without it.

const liveRegion = document.getElementById("live");
const livePosts = document.getElementById("posts");

/** @returns {Promise<Document | null>} This page as it is now; read as a document, so that nothing in it runs. */
const thisPage = () =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("load", () => resolve(request.status === 200 ? request.responseXML : null));
    request.addEventListener("error", () => resolve(null));
    request.send();
  });

/** @param {Element} within @returns {HTMLElement[]} */
const articles = (within) => [...within.querySelectorAll("article[id]")].filter((post) => post instanceof HTMLElement);

/** @param {Element} fold What tells a fold from the others, whatever else is new around it. */
const foldName = (fold) => `${fold.className} ${fold.closest("article[id]")?.id ?? fold.querySelector("article[id]")?.id}`;

/** @returns {HTMLDetailsElement[]} */
const folds = () => [...(livePosts?.querySelectorAll("details") ?? [])];

/** @param {Document} page What the server says now takes the place of what is shown. How many posts are new. */
const takeOver = (page) => {
  const posts = page.getElementById("posts");
  if (!posts || !livePosts) return 0;
  const known = new Map(articles(livePosts).map((post) => [post.id, post]));
  const opened = new Map(folds().map((fold) => [foldName(fold), fold.open]));
  // Whoever reads keeps their place, what was new to them, and what they had opened.
  const anchor = articles(livePosts).find((post) => post.getBoundingClientRect().bottom > 0);
  const before = anchor?.getBoundingClientRect().top ?? 0;
  livePosts.replaceChildren(...posts.childNodes);
  for (const fold of folds()) fold.open = opened.get(foldName(fold)) ?? fold.open;
  let added = 0;
  for (const post of articles(livePosts)) {
    const shown = known.get(post.id);
    if (!shown) {
      added += 1;
      continue;
    }
    const mark = shown.querySelector("header .new");
    if (mark && !post.querySelector("header .new")) post.querySelector("header")?.append(mark);
  }
  const after = anchor ? document.getElementById(anchor.id)?.getBoundingClientRect().top : undefined;
  if (after !== undefined) scrollBy(0, after - before);
  return added;
};

/** @param {string} id @param {string} text A number beside a word of the masthead. */
const count = (id, text) => {
  const place = document.getElementById(id);
  if (!place) return;
  if (id === "inbox-count" && text) {
    const tag = document.createElement("span");
    tag.className = "tag hot";
    tag.textContent = text;
    place.replaceChildren(" ", tag);
  } else {
    place.textContent = text ? ` · ${text}` : "";
  }
};

if (liveRegion) {
  /** @type {EventSource | undefined} */
  let stream;
  let last = Number(liveRegion.dataset.last ?? 0);
  let newest = last;
  let fetching = false;
  // Nothing is taken away from under somebody's fingers, and nothing fetched that would not be shown:
  // what is fetched counts as read.
  const busy = () => !livePosts || livePosts.contains(document.activeElement);
  const catchUp = async () => {
    if (fetching || newest <= last || busy()) return;
    fetching = true;
    const upTo = newest;
    const page = await thisPage();
    fetching = false;
    if (!page) return;
    last = Math.max(last, upTo);
    const added = takeOver(page);
    if (added > 0) liveRegion.textContent = (liveRegion.dataset.say ?? "").replace("#", String(added));
    await catchUp();
  };
  livePosts?.addEventListener("focusout", () => setTimeout(catchUp));
  const hear = (/** @type {MessageEvent} */ event) => {
    /** @type {{ inbox: number, unread: number, last: number }} */
    const now = JSON.parse(event.data);
    count("inbox-count", now.inbox > 0 ? String(now.inbox) : "");
    count("unread-count", now.unread >= 500 ? "500+" : now.unread > 0 ? String(now.unread) : "");
    newest = Math.max(newest, now.last);
    catchUp();
  };
  // Only the page that is looked at listens: browsers keep few connections to one place.
  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
    } else if (!stream) {
      stream = new EventSource(`/live?topic=${liveRegion.dataset.topic ?? ""}`);
      stream.addEventListener("message", hear);
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}

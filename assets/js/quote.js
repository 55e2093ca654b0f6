// A selection in a post becomes a quote in the answer to the topic.
{
  const area = document.querySelector(".reply textarea");
  if (area instanceof HTMLTextAreaElement) {
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href*='quote=']") : null;
      const chosen = getSelection();
      const text = chosen ? chosen.toString().trim() : "";
      const post = link?.closest(".post");
      if (!link || !post || !text || !chosen?.anchorNode || !post.contains(chosen.anchorNode)) return;
      event.preventDefault();
      const quote = text.split("\n").map((line) => `> ${line}`).join("\n");
      area.value = `${area.value}${area.value ? "\n\n" : ""}${quote}\n\n`;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
  }
}

// @ts-check
// While a title is typed: what there is about the same already, so that nobody asks twice.
{
  const title = document.querySelector("form[action$='/topics'] input[name=title]");
  const box = document.getElementById("alike");
  const list = box?.querySelector("ul");
  if (title instanceof HTMLInputElement && box && list) {
    let waiting = 0;
    let asked = "";
    const look = async () => {
      const words = title.value.trim();
      if (words === asked) return;
      asked = words;
      if (words.length < 8) {
        box.hidden = true;
        return;
      }
      try {
        const answer = await fetch(`${box.dataset.from}?title=${encodeURIComponent(words)}`);
        if (!answer.ok || asked !== words) return;
        /** @type {[string, string][]} */
        const found = await answer.json();
        list.replaceChildren(
          ...found.map(([url, name]) => {
            const link = document.createElement("a");
            link.href = url;
            link.target = "_blank";
            link.textContent = name;
            const line = document.createElement("li");
            line.append(link);
            return line;
          }),
        );
        box.hidden = found.length === 0;
      } catch {
        // Not reached: a question that was asked before is shown when the topic is sent.
      }
    };
    title.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 600);
    });
  }
}

// @ts-check
// Files by paste, drop or choice come to the forum at once, and what shows them is written where one writes.
// Without it they come with the form.
{
  const area = document.querySelector("textarea[name=body]");
  const box = document.querySelector("[data-files]");
  const form = area instanceof HTMLTextAreaElement ? area.form : null;
  if (area instanceof HTMLTextAreaElement && form && box instanceof HTMLElement && form.contains(box)) {
    const input = box.querySelector("input[type=file]");
    const words = box.querySelector("[name=words_for_picture]");
    const wrong = box.querySelector("#p-attach");

    /** @param {string} markdown Written at the cursor; the words of a picture without any are chosen, to be typed over. */
    const write = (markdown) => {
      const [from, to] = [area.selectionStart, area.selectionEnd];
      const before = area.value.slice(0, from);
      const lead = before && !before.endsWith("\n") ? "\n\n" : "";
      area.setRangeText(`${lead}${markdown}\n`, from, to, "end");
      const unnamed = markdown.startsWith("![](");
      if (unnamed) {
        area.setSelectionRange(from + lead.length + 2, from + lead.length + 2);
      }
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    };

    /** @param {FileList | File[]} files */
    const bring = async (files) => {
      for (const file of files) {
        const fields = new FormData();
        fields.append("token", form.querySelector("[name=token]")?.getAttribute("value") ?? "");
        fields.append("words_for_picture", words instanceof HTMLInputElement ? words.value : "");
        fields.append("attach", file, file.name || "picture.png");
        area.setAttribute("aria-busy", "true");
        try {
          const answer = await fetch(box.dataset.files ?? "", { method: "POST", body: fields, redirect: "error" });
          const said = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
          if (said.markdown) write(said.markdown);
          else box.setAttribute("open", "");
          if (wrong) wrong.textContent = said.problem ?? (said.markdown ? "" : (box.dataset.away ?? ""));
        } catch {
          box.setAttribute("open", "");
          if (wrong) wrong.textContent = box.dataset.away ?? "";
        }
        area.removeAttribute("aria-busy");
      }
      if (words instanceof HTMLInputElement) words.value = "";
    };

    input?.addEventListener("change", async () => {
      if (!(input instanceof HTMLInputElement) || !input.files?.length) return;
      const files = [...input.files];
      input.value = "";
      await bring(files);
    });
    area.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      bring(files);
    });
    area.addEventListener("dragover", (event) => event.preventDefault());
    area.addEventListener("drop", (event) => {
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      event.preventDefault();
      bring(files);
    });
  }
}

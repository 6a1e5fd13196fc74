/** How long a button says that it has copied, ms. */
const SAID_FOR = 2000;

/** Copy buttons put the code beside them on the clipboard, below their `data-head`, and say so. */
export function copyOnClick(root: Document): void {
  root.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button.copy") : null;
    if (!button) return;
    const code = button.parentElement!.querySelector("code")!;
    const copied = await copy(`${button.dataset["head"]}${code.textContent}`);
    button.textContent = copied ? "Copied" : "Not copied";
    button.setAttribute("aria-live", "polite");
    setTimeout(() => {
      button.textContent = "Copy";
    }, SAID_FOR);
  });
}

/** @returns whether the browser let it */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Some browsers give pages from disk no clipboard, but copy what is selected.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

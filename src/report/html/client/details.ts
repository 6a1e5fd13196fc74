/** Shows what a link leads to, also where it is folded away. */
export function openTarget(): void {
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let at: Element | null = target; at; at = at.parentElement)
      if (at instanceof HTMLDetailsElement) at.open = true;
    target.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("hashchange", open);
  open();
}

/** On paper nothing can be unfolded: everything is, and folded again afterwards. Menus of the timeline are not printed. */
export function openForPaper(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("main > :not(#timeline) details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

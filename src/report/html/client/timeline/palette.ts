/** What the canvases are drawn with: the page's colours, in whichever theme it is. */
export interface Palette {
  density: string;
  mark: string;
  text: string;
  success: string;
  failure: string;
  unknown: string;
  selected: string;
}

const NAMES = ["density", "mark", "text", "success", "failure", "unknown", "selected"] as const;

/** Reads the colours as they are at this moment (see theme.css). */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colours = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(colours) as Record<(typeof NAMES)[number], string>;
}

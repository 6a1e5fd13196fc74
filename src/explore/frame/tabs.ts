import { VIEWS, type View } from "../target.js";

/** A view's name on the first row, and the columns that it takes. */
export interface Tab {
  view: View;
  label: string;
  from: number;
  /** The first column behind it. */
  to: number;
}

/** The views' names side by side, shortened where there is little room. */
export function tabsOf(columns: number): Tab[] {
  const whole = VIEWS.map((view) => `${view[0]!.toUpperCase()}${view.slice(1)}`);
  const room = Math.floor(columns / VIEWS.length) - 5;
  const names =
    room >= Math.max(...whole.map(({ length }) => length)) - 1
      ? whole
      : whole.map((name) => name.slice(0, Math.max(0, room)));
  let from = 0;
  return VIEWS.map((view, i) => {
    const label = ` ${i + 1} ${names[i]} `;
    const tab = { view, label, from, to: from + label.length };
    from = tab.to + 1;
    return tab;
  });
}

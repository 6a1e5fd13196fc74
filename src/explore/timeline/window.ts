/** The stretch of time that is shown: µs after the picture's origin, so many of them to a column. */
export interface Window {
  from: number;
  /** µs to a column. */
  per: number;
}

/** A column is no narrower than that: stamps of nanoseconds are ten columns apart at most. */
const LEAST = 0.0001;
/** Beyond both ends of what happened so much of a screen may be shown. */
const MARGIN = 0.5;

/** The window that shows a stretch, with a little room on both sides. */
export function framing(from: number, to: number, columns: number): Window {
  const length = Math.max(to - from, LEAST * columns);
  const room = length * 0.05;
  return { from: from - room, per: (length + 2 * room) / columns };
}

export const columnOf = ({ from, per }: Window, at: number): number => Math.floor((at - from) / per);

/**
 * Shows more or less around a moment, which stays in its column.
 * @param factor below 1: nearer
 * @param length of all that happened, µs
 */
export function zoomed(
  window: Window,
  around: number,
  factor: number,
  columns: number,
  length: number,
): Window {
  const most = Math.max((length * (1 + 2 * MARGIN)) / columns, LEAST);
  const per = Math.min(most, Math.max(LEAST, window.per * factor));
  return within({ from: around - ((around - window.from) / window.per) * per, per }, columns, length);
}

/** The window moved by so many columns. */
export const panned = (window: Window, by: number, columns: number, length: number): Window =>
  within({ ...window, from: window.from + by * window.per }, columns, length);

/** The window moved so that a moment is seen. */
export function showing(window: Window, at: number, columns: number, length: number): Window {
  const column = columnOf(window, at);
  if (column >= 0 && column < columns) return window;
  return within({ ...window, from: at - (window.per * columns) / 2 }, columns, length);
}

function within({ from, per }: Window, columns: number, length: number): Window {
  const room = per * columns * MARGIN;
  return { from: Math.max(-room, Math.min(from, length + room - per * columns)), per };
}

import type { Size } from "../state.js";

/** What somebody does, or what happens to the terminal. Cells count from 0. */
export type Action =
  | { type: "key"; key: string }
  | { type: "mouse"; button: "left" | "wheel-up" | "wheel-down"; column: number; row: number }
  | { type: "resize"; size: Size }
  /** The file was written, or why it was not. */
  | { type: "told"; notice: string };

/** What Ink says of a key beside its text, as far as it matters here. */
export interface InkKey {
  upArrow: boolean;
  downArrow: boolean;
  leftArrow: boolean;
  rightArrow: boolean;
  pageDown: boolean;
  pageUp: boolean;
  home: boolean;
  end: boolean;
  return: boolean;
  escape: boolean;
  ctrl: boolean;
  shift: boolean;
  tab: boolean;
  backspace: boolean;
  delete: boolean;
  meta: boolean;
}

const NAMES: readonly (readonly [is: keyof InkKey, key: string])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageDown", "pagedown"],
  ["pageUp", "pageup"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "escape"],
  // Ink calls DEL, which the backspace key sends, delete.
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

/** xterm's SGR mouse report (mode 1006) without its ESC, as Ink hands on what it does not know: `[<0;10;5M`. */
const MOUSE = /^\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])$/;

/**
 * What a terminal's input means. Keys typed faster than they are read come together and are taken one by one.
 * @param input text, without a leading ESC
 */
export function actionsOf(input: string, key: InkKey): Action[] {
  const mouse = MOUSE.exec(input);
  if (mouse)
    return mouseAction(Number(mouse[1]), Number(mouse[2]) - 1, Number(mouse[3]) - 1, mouse[4] === "M");
  if (key.tab) return [{ type: "key", key: key.shift ? "shift-tab" : "tab" }];
  const named = NAMES.find(([is]) => key[is]);
  if (named) return [{ type: "key", key: named[1] }];
  if (key.ctrl) return [{ type: "key", key: `ctrl-${input}` }];
  // A key with Alt is none of ours, and neither are sequences that nobody knows.
  if (key.meta || /^\[[\x20-\x3f]+[\x40-\x7e]$/.test(input)) return [];
  return Array.from(input, (char): Action => ({ type: "key", key: keyOf(char) }));
}

const CONTROLS: Record<string, string> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "escape",
};

/** Other control characters are letters typed with Ctrl: 0x03 is Ctrl-C. */
function keyOf(char: string): string {
  const code = char.charCodeAt(0);
  return CONTROLS[char] ?? (code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : char);
}

/** Motion and modifiers (4, 8, 16, 32) are bits of the button's number; 64 and 65 are the wheel. */
function mouseAction(code: number, column: number, row: number, pressed: boolean): Action[] {
  if (!pressed || (code & 32) !== 0) return [];
  const button = code & ~28;
  if (button === 0) return [{ type: "mouse", button: "left", column, row }];
  if (button === 64) return [{ type: "mouse", button: "wheel-up", column, row }];
  return button === 65 ? [{ type: "mouse", button: "wheel-down", column, row }] : [];
}

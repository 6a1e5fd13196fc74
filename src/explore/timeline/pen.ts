/** The signs that the timeline is drawn with, one cell each. */
export interface Pen {
  /** From few to many records: nine signs, the first for none. */
  levels: string;
  /** Records that lie somewhere around here. */
  spread: string;
  event: string;
  cited: string;
  /** A stretch: its ends, what lies between, and where it may have begun or ended. */
  from: string;
  to: string;
  line: string;
  maybe: string;
  /** One that is no wider than a column. */
  short: string;
  failed: string;
  tick: string;
  cursor: string;
  chosen: string;
  left: string;
  right: string;
}

const UTF8: Pen = {
  levels: " ▁▂▃▄▅▆▇█",
  spread: "░",
  event: "│",
  cited: "●",
  from: "├",
  to: "┤",
  line: "─",
  maybe: "┄",
  short: "▪",
  failed: "✗",
  tick: "╷",
  cursor: "│",
  chosen: "▸",
  left: "◂",
  right: "▸",
};
const ASCII: Pen = {
  levels: " .,:;=+*#",
  spread: ".",
  event: "|",
  cited: "@",
  from: "[",
  to: "]",
  line: "-",
  maybe: "~",
  short: "o",
  failed: "X",
  tick: "'",
  cursor: "|",
  chosen: ">",
  left: "<",
  right: ">",
};

export const penFor = (utf8: boolean): Pen => (utf8 ? UTF8 : ASCII);

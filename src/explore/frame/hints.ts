import { type Line, span } from "../line.js";
import { type State, seesTimeline } from "../state.js";

type Hint = readonly [key: string, what: string];

const PROMPT: Hint[] = [
  ["Enter", "take"],
  ["Esc", "leave"],
];
const HELP: Hint[] = [
  ["j k", "move"],
  ["q", "close"],
];
const FILTER: Hint[] = [
  ["Space", "change"],
  ["o", "only this"],
  ["c", "show everything"],
  ["q", "close"],
];
const TIMELINE: Hint[] = [
  ["h l", "time"],
  ["j k", "lane"],
  ["+ -", "zoom"],
  ["w b", "next event"],
  ["Enter", "open"],
  ["?", "help"],
  ["0", "all"],
  ["/", "search"],
  ["f", "filter"],
];
const PANE: Hint[] = [
  ["j k", "move"],
  ["Enter", "open"],
  ["t", "timeline"],
  ["/", "search"],
  ["f", "filter"],
  ["e", "write"],
  ["?", "help"],
];

/** The most useful keys of what is seen, as many as there is room for. */
export function hintsFor(state: State): Line {
  let room = state.size.columns - 1;
  const line: Line[] = [];
  for (const [key, what] of hintsOf(state)) {
    const width = key.length + what.length + 3;
    if (width > room) break;
    room -= width;
    line.push([span(` ${key}`, "bold"), span(` ${what} `, "dim")]);
  }
  return line.flat();
}

function hintsOf(state: State): readonly Hint[] {
  if (state.prompt) return PROMPT;
  if (state.overlay) return state.overlay.what === "help" ? HELP : FILTER;
  const last: Hint = state.stack.length > 1 ? ["q", "back"] : ["q", "quit"];
  return seesTimeline(state) ? [last, ...TIMELINE] : [...PANE, last];
}

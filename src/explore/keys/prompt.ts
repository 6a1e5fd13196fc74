import type { Scene } from "../panes/index.js";
import type { Prompt, State } from "../state.js";
import { found } from "./search.js";

/** What stands before the typed text. */
export const PROMPTS: Record<Prompt["what"], string> = {
  search: "/",
  "search-back": "search back: ",
  filter: "show only: ",
  save: "write the report to (.html, .md, .json): ",
};

const LONGEST = 500;

/** Asks for a text. A filter can be changed, a file gets a name to begin with. */
export function asked(state: State, what: Prompt["what"]): State {
  const text = what === "filter" ? state.filter.text : what === "save" ? "report.html" : "";
  return { ...state, prompt: { what, text } };
}

/** What a key does while somebody types. */
export function typed(state: State, key: string, scene: Scene): State {
  const { what, text } = state.prompt!;
  const now = (changed: string): State => ({ ...state, prompt: { what, text: changed.slice(0, LONGEST) } });
  if (key === "enter") return answered({ ...state, prompt: undefined }, what, text, scene);
  if (key === "escape") return { ...state, prompt: undefined };
  // As in less: taking back more than was typed closes the prompt.
  if (key === "backspace")
    return text === "" ? { ...state, prompt: undefined } : now(Array.from(text).slice(0, -1).join(""));
  if (key === "ctrl-u") return now("");
  if (key === "ctrl-w") return now(text.replace(/\S*\s*$/, ""));
  return Array.from(key).length === 1 ? now(text + key) : state;
}

function answered(state: State, what: Prompt["what"], text: string, scene: Scene): State {
  if (what === "filter") return { ...state, filter: { ...state.filter, text } };
  if (what === "save")
    return text.trim() === "" ? state : { ...state, save: text.trim(), notice: "writing…" };
  const search = { text: text || state.search.text, back: what === "search-back" };
  return found({ ...state, search }, scene);
}

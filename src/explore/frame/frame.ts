import { padEnd } from "../../report/width.js";
import { filterWords } from "../filter.js";
import { placeIn } from "../keys/move.js";
import { viewOf } from "../keys/open.js";
import { PROMPTS } from "../keys/prompt.js";
import { cutLine, highlight, type Line, padLine, span } from "../line.js";
import type { Pane } from "../pane.js";
import { pageFor, paneOf, type Scene } from "../panes/index.js";
import { type State, seesTimeline } from "../state.js";
import { timelineLines } from "../timeline/draw.js";
import { AROUND } from "../timeline/layout.js";
import { hintsFor } from "./hints.js";
import { tabsOf } from "./tabs.js";

/** A smaller terminal shows nothing that could be read. */
const LEAST = { columns: 40, rows: 10 };

/** The whole screen: as many lines as it has rows, none wider than it has columns. */
export function frameOf(state: State, scene: Scene): Line[] {
  const { columns, rows } = state.size;
  const page = pageFor(columns, scene.utf8);
  if (columns < LEAST.columns || rows < LEAST.rows) {
    const lines: Line[] = [[span("too small")], [span(`${LEAST.columns}x${LEAST.rows} at least`)]];
    return Array.from({ length: rows }, (_, i) => cutLine(lines[i] ?? [], columns, ""));
  }
  const timeline = seesTimeline(state) && !state.overlay;
  const pane = timeline ? undefined : paneOf(scene, state);
  const body = pane
    ? paneLines(pane, state)
    : timelineLines(scene.subject, state.timeline, state.filter, state.size, page);
  const height = rows - AROUND;
  const filled = Array.from({ length: height }, (_, i) => body[i] ?? []);
  return [tabsLine(state), ...filled, statusLine(state, pane, scene), hintsFor(state)].map((line) =>
    cutLine(line, columns, page.glyph.more),
  );
}

function tabsLine(state: State): Line {
  const view = viewOf(state);
  const tabs = tabsOf(state.size.columns);
  const line: Line = tabs.flatMap((tab) => [
    span(tab.label, ...(tab.view === view ? (["inverse", "bold"] as const) : [])),
    span(" "),
  ]);
  const name = "hindcast ";
  const room = state.size.columns - tabs.at(-1)!.to - 1;
  return room > name.length + 1
    ? [...padLine(line, state.size.columns - name.length), span(name, "dim")]
    : line;
}

/** The rows of a pane that are seen; the chosen one stands out over the whole width. */
function paneLines(pane: Pane, state: State): Line[] {
  const { cursor, top } = placeIn(state, pane);
  const { columns } = state.size;
  if (pane.rows.length === 0) return [[], [span("  Nothing to show here.", "dim")]];
  return pane.rows.slice(top, top + state.size.rows - AROUND).map(({ line }, i) => {
    const shown = highlight(line, state.search.text);
    return top + i === cursor ? chosen(padLine(cutLine(shown, columns, ""), columns)) : shown;
  });
}

/** The chosen row, inverted as a whole: what is dim would be a hole in it. */
const chosen = (line: Line): Line =>
  line.map(({ text, styles = [] }) => ({
    text,
    styles: [...styles.filter((style) => style !== "dim"), "inverse"],
  }));

/** What is typed, or what is seen, what hides some of it, and where in it one is. */
function statusLine(state: State, pane: Pane | undefined, { utf8 }: Scene): Line {
  const { columns } = state.size;
  const page = pageFor(columns, utf8);
  if (state.prompt) {
    const { what, text } = state.prompt;
    const lead = PROMPTS[what];
    return [span(lead, "bold"), span(page.fitEnd(text, columns - lead.length - 2)), span(" ", "inverse")];
  }
  const position =
    pane && pane.rows.length > 0 ? `${placeIn(state, pane).cursor + 1}/${pane.rows.length} ` : "";
  const hides = filterWords(state.filter);
  const parts = [pane ? pane.title : "Timeline", hides && `filter: ${hides}`, state.notice].filter(
    (part) => part !== "",
  );
  const words = page.fit(` ${parts.join(`  ${page.glyph.dot}  `)}`, columns - position.length);
  return [span(padEnd(words, columns - position.length) + position, "inverse")];
}

import type { Scene } from "../panes/index.js";
import { type State, topOf } from "../state.js";
import { offsetOf, type Subject, spanOf } from "../subject.js";
import { keyOf, type Target, VIEWS, type View } from "../target.js";
import { FINDINGS } from "../timeline/lanes.js";
import { roomFor } from "../timeline/layout.js";
import { framing, showing } from "../timeline/window.js";

/** Shows a target over what is seen. A view begins anew: there is nothing to go back to. */
export function opened(state: State, target: Target): State {
  if (target.kind === "view") return { ...state, stack: [target], overlay: undefined };
  if (keyOf(target) === keyOf(topOf(state))) return state;
  return { ...state, stack: [...state.stack, target] };
}

/** The view that is seen, or from which what is seen was opened. */
export function viewOf({ stack }: State): View {
  const view = [...stack].reverse().find((target) => target.kind === "view");
  return view?.kind === "view" ? view.view : "story";
}

/** The view so many places further, round and round. */
export function nextView(state: State, by: 1 | -1): State {
  const at = VIEWS.indexOf(viewOf(state)) + by;
  return opened(state, { kind: "view", view: VIEWS[(at + VIEWS.length) % VIEWS.length]! });
}

/** Closes what was opened last; the same state where that is all there is. */
export const closed = (state: State): State =>
  state.stack.length > 1 ? { ...state, stack: state.stack.slice(0, -1) } : state;

/** Frames a finding or a record on the timeline. */
export function shownOnTimeline(state: State, target: Target | undefined, { subject }: Scene): State {
  const stretch = target && stretchOf(subject, target);
  if (!target || !stretch || Number.isNaN(stretch.from))
    return { ...state, notice: "this has no place on the timeline" };
  const { columns } = roomFor(state.size);
  const { from, to, lane } = stretch;
  const { length } = subject.study.picture;
  // A moment is shown among what happened around it.
  const window =
    to > from
      ? framing(from, to, columns)
      : showing({ from: Number.NaN, per: state.timeline.window.per }, from, columns, length);
  return {
    ...state,
    stack: [...state.stack, { kind: "view", view: "timeline" }],
    overlay: undefined,
    timeline: {
      ...state.timeline,
      window: Number.isFinite(window.from) ? window : framing(0, length, columns),
      at: from,
      by: lane === FINDINGS ? state.timeline.by : "source",
      lane,
    },
  };
}

function stretchOf(subject: Subject, target: Target): { from: number; to: number; lane: string } | undefined {
  if (target.kind === "finding") {
    const finding = subject.findings.get(target.id);
    if (!finding) return undefined;
    const times = finding.evidence.flatMap(({ time }) => spanOf(subject, time)).filter(Number.isFinite);
    const [from] = spanOf(subject, finding.from);
    const to = Math.max(offsetOf(subject, finding.to) || from, ...times);
    return { from: Math.min(from, ...times), to, lane: FINDINGS };
  }
  if (target.kind !== "record") return undefined;
  const record = subject.records.get(`${target.source}:${target.line}`);
  const event = [...subject.study.picture.marks, ...subject.study.picture.bars].find(
    ({ source, line }) => source === target.source && line === target.line,
  );
  const known = event && ("from" in event ? event.from.earliest : event.time);
  const at = record ? spanOf(subject, record.time)[0] : known;
  return at === undefined ? undefined : { from: at, to: at, lane: `source ${target.source}` };
}

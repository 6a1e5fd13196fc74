import type { Mark } from "../../report/study.js";
import type { Target } from "../target.js";
import type { Lane, Stretch } from "./lanes.js";

/** Something at a moment: an event or a stretch, with what opens it. */
export interface Happening {
  from: number;
  latest: number;
  /** Of a stretch: its end. */
  to?: number;
  place: string;
  action: string;
  label: string;
  stamped?: number;
  cited: boolean;
  failed: boolean;
  target: Target;
  lane: string;
}

/** What lies between two moments (the second excluded) in a lane: what findings cite first, then failures, then in order of time. */
export function happenings(lane: Lane, from: number, to: number): Happening[] {
  const found = [
    ...lane.stretches
      .filter((one) => one.from.earliest < to && one.to.latest >= from)
      .map((one) => ofStretch(one, lane)),
    ...lane.marks.filter((mark) => mark.time < to && mark.latest >= from).map((mark) => ofMark(mark, lane)),
  ];
  const rank = ({ cited, failed }: Happening) => (cited ? 0 : failed ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || a.from - b.from);
}

function ofStretch({ from, to, label, outcome, cited, target, bar }: Stretch, { name }: Lane): Happening {
  return {
    from: from.earliest,
    latest: from.latest,
    to: to.latest,
    place: bar ? `${bar.source}:${bar.line}` : "",
    action: bar ? bar.action : "finding",
    label,
    cited,
    failed: outcome === "failure",
    target,
    lane: name,
  };
}

function ofMark(mark: Mark, { name }: Lane): Happening {
  const { source, line, time, latest, action, label, stamped, findingIds } = mark;
  return {
    from: time,
    latest,
    place: `${source}:${line}`,
    action,
    label,
    ...(stamped !== undefined && { stamped }),
    cited: findingIds.length > 0,
    failed: false,
    target: { kind: "record", source, line },
    lane: name,
  };
}

/** The beginning of the next thing in a lane behind a moment, or of the one before it; `undefined`: there is none. */
export function nextIn({ marks, stretches }: Lane, at: number, forward: boolean): number | undefined {
  const times = [...marks.map(({ time }) => time), ...stretches.map(({ from }) => from.earliest)];
  const beyond = times.filter((time) => (forward ? time > at : time < at));
  if (beyond.length === 0) return undefined;
  return beyond.reduce((a, b) => (forward ? Math.min(a, b) : Math.max(a, b)));
}

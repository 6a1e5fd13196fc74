/** @jsxImportSource preact */
import { contextOf, ticks } from "./axis.js";
import { type Extent, shareOf } from "./extent.js";
import type { Arrow, FindingRow } from "./findings.js";

/** What the still picture and the moving one have in common. Positions are percentages, so that no style is needed and every width fits. */

/** What a finding has of the height, and where in it its span is, em: as in timeline.css, so that both grow with the font. */
export const FINDING_ROW = 3;
const STRIP_MIDDLE = 2.25;
const STRIP_HALF = 0.45;
/** What an arrow keeps apart from a span. */
const APART = 0.1;

export const em = (n: number): string => `${Number(n.toFixed(3))}em`;

/** A share of the view as a percentage; what lies far outside is kept near, since browsers draw large numbers badly. */
export const percent = (extent: Extent, at: number): string =>
  `${Math.min(300, Math.max(-200, shareOf(extent, at) * 100)).toFixed(4)}%`;

/** The axis: what all labels leave out on the left, then the labels. */
export function Axis({ origin, extent, most }: { origin: number; extent: Extent; most: number }) {
  const shown = ticks(origin, extent, most);
  return (
    <div class="timeline-axis" aria-hidden="true">
      <span class="timeline-context">{contextOf(origin, extent, shown)}</span>
      <svg width="100%" height="1.5em" aria-hidden="true">
        {shown
          .filter(({ at }) => hasRoom(shareOf(extent, at)))
          .map(({ at, label, strong }) => (
            <text
              key={at}
              x={percent(extent, at)}
              y="1.1em"
              text-anchor="middle"
              class={strong ? "strong" : undefined}
            >
              {label}
            </text>
          ))}
      </svg>
    </div>
  );
}

/** Near the borders half of a label would be cut off. */
const hasRoom = (share: number) => share > 0.03 && share < 0.97;

/** Lines through all lanes at the times that the axis names. */
export function Grid({ origin, extent, most }: { origin: number; extent: Extent; most: number }) {
  return (
    <svg class="timeline-grid" width="100%" height="100%" aria-hidden="true">
      {ticks(origin, extent, most).map(({ at, strong }) => (
        <line
          key={at}
          x1={percent(extent, at)}
          x2={percent(extent, at)}
          y1="0"
          y2="100%"
          class={strong ? "strong" : undefined}
        />
      ))}
    </svg>
  );
}

/** A finding's span: pale as far as its beginning is uncertain, at least a line wide. */
export function FindingSpan({ row: { finding }, extent }: { row: FindingRow; extent: Extent }) {
  const { from, latestFrom, to } = finding.span;
  const width = (a: number, b: number) =>
    `${Math.max(0, Number.parseFloat(percent(extent, b)) - Number.parseFloat(percent(extent, a))).toFixed(4)}%`;
  const [x, sure] = [percent(extent, from), percent(extent, latestFrom)];
  return (
    <g class={`severity-${finding.severity}`}>
      {latestFrom > from && (
        <rect class="uncertain" x={x} y="0.08em" width={width(from, latestFrom)} height="0.74em" />
      )}
      {to > latestFrom && <rect x={sure} y="0.08em" width={width(latestFrom, to)} height="0.74em" />}
      <line x1={x} x2={x} y1="0" y2="0.9em" />
    </g>
  );
}

/** Where a finding is that the view does not show. */
export function outside({ finding }: FindingRow, extent: Extent): "earlier" | "later" | undefined {
  if (Math.max(finding.span.to, finding.span.latestFrom) < extent.from) return "earlier";
  return finding.span.from > extent.to ? "later" : undefined;
}

/**
 * Arrows from causes to effects, over the rows of the findings.
 * @param head the id of the arrows' head, of which a page may have but one
 */
export function Arrows({
  arrows,
  extent,
  rows,
  head,
}: {
  arrows: Arrow[];
  extent: Extent;
  rows: number;
  head: string;
}) {
  return (
    <svg class="timeline-arrows" width="100%" height={em(rows * FINDING_ROW)} aria-hidden="true">
      <defs>
        <marker id={head} viewBox="0 0 8 8" refX="10" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {arrows.map((arrow) => (
        <ArrowLines
          key={`${arrow.cause.finding.id} ${arrow.effect.finding.id}`}
          {...arrow}
          extent={extent}
          head={head}
        />
      ))}
    </svg>
  );
}

/** Closer together than this share of the view, an effect is straight below its cause. */
const BELOW = 0.012;

/** Down from the beginning of the cause, then across to that of the effect. */
function ArrowLines({ cause, effect, extent, head }: Arrow & { extent: Extent; head: string }) {
  const [from, to] = [cause.finding.span.from, effect.finding.span.from];
  const [x1, x2] = [percent(extent, from), percent(extent, to)];
  const down = effect.row > cause.row ? 1 : -1;
  const y1 = em(cause.row * FINDING_ROW + STRIP_MIDDLE + STRIP_HALF * down);
  const middle = effect.row * FINDING_ROW + STRIP_MIDDLE;
  const y2 = em(middle);
  const end = `url(#${head})`;
  if (Math.abs(shareOf(extent, to) - shareOf(extent, from)) < BELOW)
    return <line x1={x1} y1={y1} x2={x2} y2={em(middle - (STRIP_HALF + APART) * down)} marker-end={end} />;
  return (
    <>
      <line x1={x1} y1={y1} x2={x1} y2={y2} />
      <line x1={x1} y1={y2} x2={x2} y2={y2} marker-end={end} />
    </>
  );
}

/** Leads to what the report says of a finding. */
export const findingLink = (id: string): string => `#finding-${id}`;

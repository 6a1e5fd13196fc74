/** @jsxImportSource preact */
import type { Extent } from "./extent.js";
import { BAR, heightOf } from "./geometry.js";
import type { Lane } from "./lanes.js";
import { barsPath, COLUMNS, densityPath, marksPath } from "./paths.js";

/** More would fill pages; those without cited records come last and are left out first. */
const MOST_LANES = 24;

/** Each lane as a few paths, which the page stretches to its width. */
export function StillLanes({ lanes, extent }: { lanes: Lane[]; extent: Extent }) {
  const left = lanes.slice(MOST_LANES);
  return (
    <>
      {lanes.slice(0, MOST_LANES).map((lane) => (
        <div key={lane.label} class="timeline-lane">
          <span class="timeline-label">
            {lane.label} <span class="timeline-note">{contentOf(lane)}</span>
          </span>
          <StillLane lane={lane} extent={extent} />
        </div>
      ))}
      {left.length > 0 && (
        <p class="timeline-note">
          and {left.length} more sources, not drawn here: {left.map(({ label }) => label).join(", ")}
        </p>
      )}
    </>
  );
}

/** What a lane holds, in words. */
export function contentOf({ densities, rows, marks }: Lane): string {
  const widest = densities.reduce(
    (most, { counts }) =>
      Math.max(
        most,
        counts.reduce((a, b) => a + b, 0),
      ),
    0,
  );
  const bars = rows.reduce((sum, { items }) => sum + items.length, 0);
  const counts: [number, string, string][] = [
    [widest, "record", "records"],
    [bars, "transaction", "transactions"],
    [marks.items.length, "event", "events"],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, several]) => `${count.toLocaleString("en-US")} ${count === 1 ? one : several}`)
    .join(", ");
}

function StillLane({ lane, extent }: { lane: Lane; extent: Extent }) {
  const height = heightOf(lane);
  const y = height - lane.rows.length * BAR;
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 ${COLUMNS} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="density" d={densityPath(lane, extent)} />
      <path
        class="uncertain"
        d={marksPath(lane, extent, "uncertain") + barsPath(lane, extent, y, undefined)}
      />
      <path class="mark" d={marksPath(lane, extent, "other")} />
      <path class="mark cited" d={marksPath(lane, extent, "cited")} />
      {(["success", "unknown", "failure"] as const).map((outcome) => (
        <path key={outcome} class={`bar ${outcome}`} d={barsPath(lane, extent, y, outcome)} />
      ))}
    </svg>
  );
}

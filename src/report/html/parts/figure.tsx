/** @jsxImportSource preact */

/** A share of the width, 0…1, as drawings write it: no style attribute is needed for it, and it follows the page's width. */
export const percent = (share: number): string =>
  `${Number((Math.min(1, Math.max(0, share)) * 100).toFixed(3))}%`;

/** A mark on an axis: where it is, 0…1, and what is written there. */
export interface AxisTick {
  share: number;
  label: string;
  /** Written before others. */
  strong?: boolean;
}

/** Ticks whose labels would touch are left out: shares of the width, where there is much room and where there is little. */
const APART = 0.09;
const FAR_APART = 0.24;

/** An axis above a column of drawings. */
export const Axis = ({ ticks }: { ticks: readonly AxisTick[] }) => {
  const shown = apart(ticks, APART);
  const always = new Set(apart(shown, FAR_APART));
  return (
    <svg class="axis" width="100%" height="20" aria-hidden="true">
      {shown.map((tick) => (
        <g key={tick.share} class={always.has(tick) ? "tick" : "tick spare"}>
          <line x1={percent(tick.share)} x2={percent(tick.share)} y1="15" y2="20" />
          <text x={percent(tick.share)} y="11" text-anchor={anchorOf(tick.share)}>
            {tick.label}
          </text>
        </g>
      ))}
    </svg>
  );
};

/** Labels at the ends stay inside. */
const anchorOf = (share: number) => (share < 0.06 ? "start" : share > 0.94 ? "end" : "middle");

function apart(ticks: readonly AxisTick[], distance: number): AxisTick[] {
  const shown: AxisTick[] = [];
  for (const tick of [...ticks.filter(({ strong }) => strong), ...ticks])
    if (shown.every(({ share }) => Math.abs(tick.share - share) >= distance)) shown.push(tick);
  return shown;
}

/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { heightOf } from "../../timeline/geometry.js";
import type { Lane } from "../../timeline/lanes.js";
import { contentOf } from "../../timeline/static-lanes.js";
import { type Brush, paintLane } from "./paint.js";
import { paletteOf } from "./palette.js";

/** How far outside of the window lanes are drawn already, so that scrolling shows no empty ones. */
const AHEAD = "300px";

/** The lanes: words, and a canvas each. Lanes that are scrolled out of the window are not drawn. */
export function LaneRows({
  lanes,
  brush,
}: {
  lanes: Lane[];
  brush: Omit<Brush, "width" | "ratio" | "palette">;
}) {
  const rows = useRef<HTMLDivElement>(null);
  const near = useRef(new Set<Element>());
  const [, again] = useState(0);
  useEffect(() => {
    const redraw = () => again((n) => n + 1);
    const watch = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) near.current.add(target);
          else near.current.delete(target);
        redraw();
      },
      { rootMargin: AHEAD },
    );
    near.current.clear();
    for (const canvas of rows.current!.querySelectorAll("canvas")) watch.observe(canvas);
    return () => watch.disconnect();
  }, [lanes]);
  useEffect(() => {
    const redraw = () => again((n) => n + 1);
    const size = new ResizeObserver(redraw);
    size.observe(rows.current!);
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributes: true });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", redraw);
    return () => {
      size.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", redraw);
    };
  }, []);
  useLayoutEffect(() => {
    const element = rows.current!;
    const all = {
      ...brush,
      width: element.clientWidth,
      ratio: devicePixelRatio,
      palette: paletteOf(element),
    };
    for (const canvas of element.querySelectorAll("canvas")) {
      const lane = lanes[Number(canvas.dataset["lane"])];
      if (lane && near.current.has(canvas)) paintLane(canvas, lane, all);
    }
  });
  // The words change with the lanes alone, not from frame to frame.
  const words = useMemo(
    () => lanes.map((lane, i) => <LaneRow key={lane.label} lane={lane} index={i} />),
    [lanes],
  );
  return <div ref={rows}>{words}</div>;
}

const LaneRow = ({ lane, index }: { lane: Lane; index: number }) => (
  <div class="timeline-lane">
    <span class="timeline-label">
      {lane.label} <span class="timeline-note">{contentOf(lane)}</span>
    </span>
    <canvas data-lane={index} style={{ height: `${heightOf(lane)}px` }} />
  </div>
);

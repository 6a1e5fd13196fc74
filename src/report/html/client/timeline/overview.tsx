/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { overview } from "../../timeline/density.js";
import { centred, type Extent, lengthOf, momentAt, shareOf } from "../../timeline/extent.js";
import { heightOfRate } from "../../timeline/geometry.js";
import type { Model } from "./model.js";
import { paletteOf } from "./palette.js";
import { useModel } from "./use-model.js";

/** px. */
const HEIGHT = 36;
/** A press that moves less is a click. */
const CLICK = 4;

/** All records over all of the time, and in it a window: what the timeline shows. The window can be dragged; outside of it a stretch is chosen by dragging. */
export function Overview({ model }: { model: Model }) {
  useModel(model, "frame");
  const strip = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const size = new ResizeObserver(() => setWidth(strip.current!.clientWidth));
    size.observe(strip.current!);
    return () => size.disconnect();
  }, []);
  const { whole, extent } = model;
  const [left, right] = [shareOf(whole, extent.from) * 100, shareOf(whole, extent.to) * 100];
  return (
    <div
      class="timeline-overview"
      ref={strip}
      aria-hidden="true"
      onPointerDown={(event) => drag(event, strip.current!, view.current!, model)}
    >
      <Records model={model} width={width} />
      <svg width="100%" height="6" aria-hidden="true">
        {model.rows.map(({ finding: { id, severity, span } }) => (
          <rect
            key={id}
            class={`severity-${severity}`}
            x={`${(shareOf(whole, span.from) * 100).toFixed(3)}%`}
            width={`${((Math.max(0, span.to - span.from) / lengthOf(whole)) * 100).toFixed(3)}%`}
            height="6"
          />
        ))}
      </svg>
      <div class="timeline-window" ref={view} style={{ left: `${left}%`, width: `${right - left}%` }} />
    </div>
  );
}

/** Drawn again when the width or the theme changes, not when the view moves. */
function Records({ model, width }: { model: Model; width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [theme, again] = useState(0);
  useEffect(() => {
    const redraw = () => again((n) => n + 1);
    const watch = new MutationObserver(redraw);
    watch.observe(document.documentElement, { attributes: true });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", redraw);
    return () => {
      watch.disconnect();
      dark.removeEventListener("change", redraw);
    };
  }, []);
  useLayoutEffect(() => {
    const element = canvas.current!;
    element.width = Math.max(1, Math.round(width * devicePixelRatio));
    element.height = Math.round(HEIGHT * devicePixelRatio);
    const context = element.getContext("2d");
    if (!context || width === 0) return;
    const sums = overview(model.densities, model.whole, element.width);
    const peak = sums.reduce((a, b) => Math.max(a, b), 0);
    context.fillStyle = paletteOf(element).density;
    sums.forEach((sum, x) => {
      const high = sum > 0 ? Math.max(devicePixelRatio, heightOfRate(sum, peak) * element.height) : 0;
      context.fillRect(x, element.height - high, 1, high);
    });
  }, [width, theme, model]);
  return <canvas ref={canvas} style={{ height: `${HEIGHT}px` }} />;
}

/** Follows one press on the strip: it moves the window, chooses a stretch, or, without moving, centres the view. */
function drag(down: PointerEvent, strip: HTMLElement, view: HTMLElement, model: Model): void {
  if (down.button !== 0) return;
  down.preventDefault();
  strip.setPointerCapture(down.pointerId);
  const { whole } = model;
  const box = strip.getBoundingClientRect();
  const momentOf = ({ clientX }: MouseEvent) =>
    momentAt(whole, Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
  const start: Extent = model.extent;
  const [first, inside] = [momentOf(down), down.target === view];
  const middle = (start.from + start.to) / 2;
  const onMove = (event: PointerEvent) => {
    if (Math.abs(event.clientX - down.clientX) < CLICK) return;
    const at = momentOf(event);
    const extent = inside
      ? centred(start, middle + at - first, whole)
      : { from: Math.min(at, first), to: Math.max(at, first) };
    model.set({ extent });
  };
  const onUp = (event: PointerEvent) => {
    strip.removeEventListener("pointermove", onMove);
    if (Math.abs(event.clientX - down.clientX) < CLICK && !inside)
      model.set({ extent: centred(model.extent, first, whole) });
  };
  strip.addEventListener("pointermove", onMove);
  strip.addEventListener("pointerup", onUp, { once: true });
}

import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { type Extent, lengthOf, moved, SHORTEST } from "../../timeline/extent.js";
import type { Model } from "./model.js";

/**
 * Lets a pointer move the view: drag, wheel, pinch, double click (d3-zoom).
 *
 * A page must scroll past its timeline. So the wheel zooms only with Ctrl, or once the timeline has the focus; and one finger moves it sideways
 * and scrolls the page up and down (`touch-action: pan-y` in timeline.css).
 */
export function bindZoom(plot: HTMLElement, model: Model): void {
  const { whole } = model;
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: Event) => isForZoom(event, plot))
    .clickDistance(4)
    .duration(0)
    .scaleExtent([1, lengthOf(whole) / SHORTEST])
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      if (sourceEvent) model.set({ extent: extentOf(transform, whole, plot.clientWidth) });
    });
  const selection = select(plot).call(behaviour);
  const follow = () => {
    const width = plot.clientWidth;
    behaviour.translateExtent([
      [0, Number.NEGATIVE_INFINITY],
      [width, Number.POSITIVE_INFINITY],
    ]);
    selection.call(behaviour.transform, transformOf(model.extent, whole, width));
  };
  model.on("frame", follow);
  new ResizeObserver(follow).observe(plot);
  plot.addEventListener("wheel", (event) => panByWheel(event, plot, model), { passive: false });
  bindFinger(plot, model);
}

/** True for a wheel that is moved sideways, or with Shift, which stands for that. */
const isSideways = (event: WheelEvent) =>
  !event.ctrlKey && !event.metaKey && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));

function isForZoom(event: Event, plot: HTMLElement): boolean {
  if (event instanceof WheelEvent)
    return !isSideways(event) && (event.ctrlKey || event.metaKey || plot.contains(document.activeElement));
  if (event instanceof MouseEvent) return event.button === 0 && !event.ctrlKey;
  return !("touches" in event) || (event as TouchEvent).touches.length > 1;
}

/** A line of a wheel that counts in lines, px. */
const LINE = 16;

function panByWheel(event: WheelEvent, plot: HTMLElement, model: Model): void {
  if (!isSideways(event)) return;
  event.preventDefault();
  const by = (event.deltaX || event.deltaY) * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
  model.set({ extent: moved(model.extent, by / plot.clientWidth, model.whole) });
}

/** One finger: what the browser does not take for scrolling comes here. */
function bindFinger(plot: HTMLElement, model: Model): void {
  const fingers = new Map<number, number>();
  plot.addEventListener("pointerdown", ({ pointerType, pointerId, clientX }) => {
    if (pointerType === "touch") fingers.set(pointerId, clientX);
  });
  plot.addEventListener("pointermove", ({ pointerId, clientX }) => {
    const before = fingers.get(pointerId);
    if (before === undefined) return;
    fingers.set(pointerId, clientX);
    if (fingers.size > 1) return;
    model.set({ extent: moved(model.extent, (before - clientX) / plot.clientWidth, model.whole) });
  });
  for (const end of ["pointerup", "pointercancel"] as const)
    window.addEventListener(end, ({ pointerId }) => fingers.delete(pointerId));
}

function transformOf(extent: Extent, whole: Extent, width: number): ZoomTransform {
  const scale = lengthOf(whole) / lengthOf(extent);
  const x = (-(extent.from - whole.from) / lengthOf(whole)) * width * scale;
  return zoomIdentity.translate(x, 0).scale(scale);
}

function extentOf({ k, x }: ZoomTransform, whole: Extent, width: number): Extent {
  const from = whole.from - (x / k / width) * lengthOf(whole);
  return { from, to: from + lengthOf(whole) / k };
}

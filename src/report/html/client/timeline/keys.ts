import { moved, zoomed } from "../../timeline/extent.js";
import { stretchOf } from "../../timeline/items.js";
import type { Model } from "./model.js";

type Act = (model: Model, event: KeyboardEvent) => void;

const zoom =
  (factor: number): Act =>
  (model) =>
    model.set({ extent: zoomed(model.extent, factor, model.whole) });

/** A tenth of the view; with Shift half of it. */
const pan =
  (direction: 1 | -1): Act =>
  (model, { shiftKey }) =>
    model.set({ extent: moved(model.extent, direction * (shiftKey ? 0.5 : 0.1), model.whole) });

/** The next event or transaction in view, in the order of time; from the last one it goes on with the first. */
const step =
  (direction: 1 | -1): Act =>
  (model) => {
    const { from, to } = model.extent;
    const inView = model.shown.filter((item) => stretchOf(item).to >= from && stretchOf(item).from <= to);
    const current = inView.findIndex(({ key }) => key === model.state.selected);
    const start = current < 0 && direction < 0 ? 0 : current;
    const next = inView[(start + direction + inView.length) % inView.length];
    if (next) model.set({ selected: next.key });
  };

/** What keys do while the timeline has the focus. */
const ACTS: Record<string, Act> = {
  "+": zoom(2),
  "=": zoom(2),
  "-": zoom(0.5),
  ArrowLeft: pan(-1),
  ArrowRight: pan(1),
  ArrowDown: step(1),
  ArrowUp: step(-1),
  Home: (model) => model.set({ extent: null }),
  Enter: (model) => {
    if (model.item) model.frameItem(model.item);
  },
  Escape: (model) => model.set({ selected: null }),
};

/** Keys with Ctrl, Alt or Meta are the browser's, and those on a button inside are the button's. */
export function onKey(model: Model, event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && event.target !== event.currentTarget) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act(model, event);
}

/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { stepAt } from "../../timeline/density.js";
import { factsOf } from "../../timeline/words.js";
import { Facts } from "./facts.js";
import type { Model } from "./model.js";
import { type Pointed, pointed } from "./pointing.js";

/** px between the pointer and the words. */
const APART = 14;

interface Pointer {
  on: Pointed;
  x: number;
  y: number;
}

/** What a pointer is on, beside it. The same words stand below the timeline for what is selected, so that keys get at them. */
export function Tooltip({ plot, model }: { plot: RefObject<HTMLElement | null>; model: Model }) {
  const [pointer, setPointer] = useState<Pointer | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = plot.current!;
    const hide = () => setPointer(null);
    element.addEventListener("mousemove", (event) => {
      const on = event.buttons === 0 ? pointed(model, event) : undefined;
      setPointer(on ? { on, x: event.clientX, y: event.clientY } : null);
    });
    element.addEventListener("mouseleave", hide);
    element.addEventListener("keydown", hide);
    element.addEventListener("wheel", hide);
  }, [plot, model]);
  useLayoutEffect(() => {
    if (box.current && pointer) place(box.current, pointer);
  });
  const words = pointer && <Words {...pointer.on} model={model} />;
  return words ? (
    <div class="timeline-tooltip" role="tooltip" ref={box}>
      {words}
    </div>
  ) : null;
}

/** Right below the pointer, or on the other side where there is no room. */
function place(box: HTMLElement, { x, y }: Pointer): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const left = x + APART + width <= clientWidth ? x + APART : x - APART - width;
  const top = y + APART + height <= clientHeight ? y + APART : y - APART - height;
  box.style.left = `${Math.max(0, left)}px`;
  box.style.top = `${Math.max(0, top)}px`;
}

function Words({ lane, at, pixel, item, model: { clock } }: Pointed & { model: Model }) {
  if (item)
    return (
      <>
        <strong>{item.label}</strong>
        <Facts facts={factsOf(item, clock)} />
      </>
    );
  const step = stepAt(lane.densities, at, pixel);
  if (!step) return <>{clock.point(at)}</>;
  const about = step.estimated ? "about " : "";
  const count = Math.round(step.count).toLocaleString("en-US");
  return (
    <>
      {about}
      {count} {step.count === 1 ? "record" : "records"}, {clock.view(step)}
    </>
  );
}

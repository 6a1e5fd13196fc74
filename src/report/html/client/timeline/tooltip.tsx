/** @jsxImportSource preact */
import { Component, createRef } from "preact";
import { stepAt } from "../../timeline/density.js";
import { factsOf } from "../../timeline/words.js";
import { Facts } from "./facts.js";
import type { Model } from "./model.js";
import type { Pointed } from "./plot.js";

/** px between the pointer and the words. */
const APART = 14;

/** What a pointer is on, beside it. The same words stand below the timeline for what is selected, so that keys get at them. */
export class Tooltip extends Component<{ model: Model }, { pointed: Pointed | null }> {
  override state: { pointed: Pointed | null } = { pointed: null };
  private readonly box = createRef<HTMLDivElement>();
  private pointer = { x: 0, y: 0 };

  show({ clientX, clientY }: MouseEvent, pointed: Pointed): void {
    this.pointer = { x: clientX, y: clientY };
    this.setState({ pointed });
  }

  hide(): void {
    if (this.state.pointed) this.setState({ pointed: null });
  }

  override componentDidUpdate(): void {
    const box = this.box.current;
    if (!box) return;
    const { offsetWidth: width, offsetHeight: height } = box;
    const { x, y } = this.pointer;
    const right = x + APART + width <= document.documentElement.clientWidth;
    const below = y + APART + height <= document.documentElement.clientHeight;
    box.style.left = `${Math.max(0, right ? x + APART : x - APART - width)}px`;
    box.style.top = `${Math.max(0, below ? y + APART : y - APART - height)}px`;
  }

  override render() {
    const { pointed } = this.state;
    const words = pointed && this.words(pointed);
    return words ? (
      <div class="timeline-tooltip" role="tooltip" ref={this.box}>
        {words}
      </div>
    ) : null;
  }

  private words({ lane, at, pixel, item }: Pointed) {
    const { clock } = this.props.model;
    if (item)
      return (
        <>
          <strong>{item.label}</strong>
          <Facts facts={factsOf(item, clock)} />
        </>
      );
    const step = stepAt(lane.densities, at, pixel);
    if (!step) return null;
    const about = step.estimated ? "about " : "";
    return `${about}${step.count.toLocaleString("en-US")} ${step.count === 1 ? "record" : "records"}, ${clock.view(step)}`;
  }
}

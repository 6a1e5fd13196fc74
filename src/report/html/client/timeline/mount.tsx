/** @jsxImportSource preact */
import { render } from "preact";
import type { TimelineData } from "../../timeline/data.js";
import { App } from "./app.js";
import { bindLink, restore } from "./link.js";
import { Model } from "./model.js";

/** Makes the section's still picture a timeline that can be moved. The still one stays for paper. Without any known time there is nothing to move. */
export function mountTimeline(section: HTMLElement, data: TimelineData): void {
  const { origin } = data.picture;
  if (origin === null) return;
  const place = document.createElement("div");
  place.className = "timeline-live";
  section.append(place);
  section.classList.add("timeline-moving");
  const model = new Model(data, origin);
  const linked = restore(model);
  render(<App model={model} />, place);
  bindLink(section, model);
  if (linked) section.scrollIntoView();
}

import type { TimelineData } from "../../timeline/data.js";

/** Makes the section's still picture a timeline that can be moved. The still one stays for paper. */
export function mountTimeline(section: HTMLElement, data: TimelineData): void {
  if (data.picture.origin !== null) section.classList.add("timeline-moving");
}

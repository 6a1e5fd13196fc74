import type { ClientStudy } from "../../client-study.js";

/** Makes the timeline something to work with. */
export function mountTimeline(_section: HTMLElement, _study: ClientStudy): void {}

import { framed } from "../../timeline/extent.js";
import { stretchOfFinding } from "../../timeline/findings.js";
import { stretchOf } from "../../timeline/items.js";
import { hashOf, stateOf } from "../../timeline/state.js";
import type { Model } from "./model.js";

/**
 * Shows what the address tells of.
 * @returns false when it leads to another part of the page, or to none
 */
export function restore(model: Model): boolean {
  const state = stateOf(location.hash);
  if (!state) return false;
  model.set(state);
  if (!state.extent) frameSelected(model);
  return true;
}

/** Keeps the address a link to what is seen, and follows it when it changes. */
export function bindLink(section: HTMLElement, model: Model): void {
  addEventListener("hashchange", () => {
    if (restore(model)) section.scrollIntoView();
  });
  model.on("rest", () => {
    const hash = hashOf(model.state);
    const ours = location.hash === "" || stateOf(location.hash) !== undefined;
    if (hash === location.hash || (hash === "" && !ours)) return;
    history.replaceState(history.state, "", hash === "" ? location.pathname + location.search : hash);
  });
}

/** A link that names no stretch of time leads to what it selects. */
function frameSelected(model: Model): void {
  const { finding, item, whole } = model;
  const stretch = finding ? stretchOfFinding(finding, model.items) : item && stretchOf(item);
  if (stretch) model.set({ extent: framed(stretch, whole) });
}

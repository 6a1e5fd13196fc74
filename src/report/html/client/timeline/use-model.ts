import { useLayoutEffect, useReducer } from "preact/hooks";
import type { Model, Pace } from "./model.js";

/** Draws the component again whenever the model has something new at this pace. */
export function useModel(model: Model, pace: Pace): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useLayoutEffect(() => model.on(pace, () => again(undefined)), [model, pace]);
}

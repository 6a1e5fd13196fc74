import { useEffect, useReducer } from "preact/hooks";
import type { Model, Pace } from "./model.js";

/** Draws the component again whenever the model has something new at this pace. */
export function useModel(model: Model, pace: Pace): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => model.on(pace, () => again(undefined)), [model, pace]);
}

import type { Json } from "./json.js";

/** A constant in a path's condition. */
export type Constant = string | number | boolean;

/** One step of a path. */
export type Step =
  | { kind: "key"; key: string }
  /** All elements of an array, or members of an object. */
  | { kind: "all" }
  /** The first element for which one of some conditions holds. */
  | { kind: "first"; of: readonly Condition[] }
  | { kind: "at"; index: number };

/** What stands at a path is a constant; without one, the member is there, be it `null`. */
export interface Condition {
  where: Path;
  is?: Constant;
}

/** Where a value stands in a document. Plain data. */
export interface Path {
  /** From the document's root, not from where one is. */
  root?: true;
  steps: Step[];
}

/** Values at a path, from a value on; those that are not there are left out. */
export function valuesAt(path: Path, here: Json, root: Json): Json[] {
  let values: Json[] = [path.root ? root : here];
  for (const step of path.steps) values = values.flatMap((value) => next(step, value, root));
  return values;
}

function next(step: Step, value: Json, root: Json): Json[] {
  switch (step.kind) {
    case "key": {
      if (!isObject(value) || !Object.hasOwn(value, step.key)) return [];
      const member = value[step.key]!;
      return member === null ? [] : [member];
    }
    case "all":
      return elementsOf(value).map(([, element]) => element);
    case "at": {
      const element = Array.isArray(value) ? (value as Json[]).at(step.index) : undefined;
      return element === undefined || element === null ? [] : [element];
    }
    case "first": {
      const found = elementsOf(value).find(([, element]) =>
        step.of.some((each) => holds(each, element, root)),
      );
      return found ? [found[1]] : [];
    }
  }
}

function holds({ where, is }: Condition, element: Json, root: Json): boolean {
  if (is !== undefined) return valuesAt(where, element, root).includes(is);
  const last = where.steps.at(-1);
  if (last?.kind !== "key") return valuesAt(where, element, root).length > 0;
  const around = valuesAt({ ...where, steps: where.steps.slice(0, -1) }, element, root);
  return around.some((value) => isObject(value) && Object.hasOwn(value, last.key));
}

/** Elements of an array with their places, members of an object with their names; nothing of what is neither. */
export function elementsOf(value: Json): [key: string, element: Json][] {
  const all: [string, Json][] = Array.isArray(value)
    ? (value as Json[]).map((element, i) => [String(i), element])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return all.filter(([, element]) => element !== null);
}

/** Can there be several values at the path? */
export const isPlural = ({ steps }: Path): boolean => steps.some(({ kind }) => kind === "all");

/** Keys that a document must have for the path to lead anywhere. */
export const keysOf = ({ steps }: Path): string[] =>
  steps.flatMap((step) => {
    if (step.kind === "key") return [step.key];
    return step.kind === "first" && step.of.length === 1 ? keysOf(step.of[0]!.where) : [];
  });

export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

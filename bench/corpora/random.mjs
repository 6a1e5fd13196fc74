/**
 * A linear congruential generator (Numerical Recipes): the same numbers on every machine.
 * @returns a function that gives a whole number from 0 to below `below`
 */
export function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** One of a list, by chance. */
export const pick = (next, list) => list[next(list.length)];

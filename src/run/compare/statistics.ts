/**
 * How surely two counts differ, given how long was watched for each: twice the log-likelihood ratio of two rates
 * against one (T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993). 0: they do not;
 * above 10.8 chance would do as much once in a thousand times.
 *
 * @param a,b counts
 * @param watchedA,watchedB what they are to be held against: seconds, or transactions; above 0
 */
export function surprise(a: number, watchedA: number, b: number, watchedB: number): number {
  const rate = (a + b) / (watchedA + watchedB);
  const term = (count: number, expected: number) => (count === 0 ? 0 : count * Math.log(count / expected));
  return Math.max(0, 2 * (term(a, rate * watchedA) + term(b, rate * watchedB)));
}

/** Where {@link surprise} is no chance any more. */
export const NO_CHANCE = 10.8;

/** 0…1 of a surprise: how sure it is. */
export const sureness = (value: number): number => 1 - Math.exp(-value / 8);

/** 0…1: how far two sizes lie apart; 0 when they are alike, 1 when one of them is none. */
export const apart = (a: number, b: number): number => (a === b ? 0 : 1 - Math.min(a, b) / Math.max(a, b));

/** Three digits, so that the last bits of logarithms never decide an order. */
export const rounded = (score: number): number => Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000;

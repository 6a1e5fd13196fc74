/**
 * How many random cases a property is tried with. They come from fixed seeds, so that a suite which passed passes again; `HINDCAST_TEST_ROUNDS=10`
 * tries ten times as many.
 */
export const rounds = (usual: number): number =>
  Math.ceil(usual * Number(process.env["HINDCAST_TEST_ROUNDS"] ?? 1));

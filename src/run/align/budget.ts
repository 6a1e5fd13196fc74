/**
 * How many bytes of each source are looked at, so that all together cost no more than `total`: small sources are read whole, the larger
 * ones share the rest evenly ("water filling").
 *
 * @param sizes bytes of each source
 */
export function shares(sizes: readonly number[], total: number): number[] {
  const order = [...sizes.keys()].sort((a, b) => sizes[a]! - sizes[b]! || a - b);
  const result = sizes.map(() => 0);
  let left = total;
  for (const [taken, place] of order.entries()) {
    const share = Math.min(sizes[place]!, Math.floor(left / (order.length - taken)));
    result[place] = share;
    left -= share;
  }
  return result;
}

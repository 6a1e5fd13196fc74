/** So many are forgotten at a time, as a part of all: a map in which the oldest was deleted takes long to find the next oldest one. */
const FORGOTTEN = 1 / 8;

/** Puts an entry into a map, and forgets the oldest ones when there are more than so many. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  let left = Math.ceil(most * FORGOTTEN);
  for (const oldest of map.keys()) {
    map.delete(oldest);
    if (--left === 0) return;
  }
}

import { hostNameOf, type Observed } from "./observed.js";

/** Things that sources say of their host, found again by other sources of the same host: below the same root, or of the same name. */
export class SameHost<T> {
  private readonly byRoot = new Map<string, T[]>();
  /** By the whole name, and by the first label of longer ones. */
  private readonly byName = new Map<string, T[]>();
  private readonly byLabel = new Map<string, T[]>();

  /** @param keyOf things with the same key are kept once for each host */
  constructor(private readonly keyOf: (thing: T) => unknown) {}

  add(source: Observed, thing: T): void {
    const { host } = source;
    if (host) this.put(this.byRoot, host.root, thing);
    const name = hostNameOf(source)?.toLowerCase();
    if (name === undefined) return;
    this.put(this.byName, name, thing);
    const label = labelOf(name);
    if (label !== name) this.put(this.byLabel, label, thing);
  }

  /** Without repetition, in the order in which they were added to each. */
  of(source: Observed): readonly T[] {
    const { host } = source;
    const name = hostNameOf(source)?.toLowerCase();
    const found = host ? [...(this.byRoot.get(host.root) ?? [])] : [];
    if (name !== undefined) {
      const label = labelOf(name);
      // `node-1` and `node-1.example.net` are one host, `node-1.example.org` is another.
      const also = label === name ? this.byLabel.get(label) : this.byName.get(label);
      found.push(...(this.byName.get(name) ?? []), ...(also ?? []));
    }
    return [...new Set(found)];
  }

  private put(map: Map<string, T[]>, key: string, thing: T): void {
    const list = map.get(key);
    if (!list) map.set(key, [thing]);
    else if (!list.some((known) => this.keyOf(known) === this.keyOf(thing))) list.push(thing);
  }
}

/** The first label of a host's name; all of what is an address. */
const labelOf = (name: string): string => (/^[\d.]+$/.test(name) ? name : name.split(".", 1)[0]!);

import { DAY_US, MINUTE_US, SECOND_US } from "../../model/calendar.js";
import { fixedZone, LocalZone, offsetName, type ZoneRules, zoneOf } from "../zone.js";
import { parentOf, toldRoot } from "./roots.js";
import type { Told } from "./told.js";

/** Something that is known, and the file that says so. */
export interface Fact<T> {
  value: T;
  path: string;
}

/** What is known of the host that the files below a folder were collected on. */
export interface HostFacts {
  /** The folder, as shown. */
  root: string;
  name?: Fact<string>;
  zone?: Fact<ZoneRules>;
  /** When it was collected, µs UTC. */
  collected?: Fact<number>;
  /** When the host booted: µs UTC, certain to within so much after it. */
  boot?: Fact<{ at: number; within: number }>;
}

/** What files tell, each with its path. */
export type Telling = readonly Fact<Told>[];

/** Facts about hosts, by the folders that they hold for. */
export class Hosts {
  private readonly roots = new Map<string, HostFacts>();

  constructor(told: Telling) {
    const byRoot = new Map<string, Fact<Told>[]>();
    for (const fact of told) {
      const root = toldRoot(fact.path);
      byRoot.set(root, [...(byRoot.get(root) ?? []), fact]);
    }
    for (const [root, facts] of byRoot) this.roots.set(root, combine(root, facts));
  }

  /** What holds for a file: what is told of the nearest folder above it. Nothing is handed on from one host's folder to another's inside. */
  of(path: string): HostFacts | undefined {
    for (let folder = parentOf(path); folder !== undefined; folder = parentOf(folder)) {
      const facts = this.roots.get(folder);
      if (facts) return facts;
    }
    return undefined;
  }
}

/** Makes one picture of what several files tell. Where they contradict each other, nothing is taken. */
function combine(root: string, told: Telling): HostFacts {
  const facts: HostFacts = { root };
  const names = valuesOf(told, "name");
  // Files of several hosts in one folder: which of them belong together, nobody knows.
  if (!names.every(({ value }) => isSameName(value, names[0]!.value))) return facts;
  const zone = zoneFrom(told);
  const collected = collectedAt(told, zone);
  const boot = bootFrom(told, zone, collected);
  if (names[0]) facts.name = names[0];
  if (zone) facts.zone = zone;
  if (collected) facts.collected = collected;
  if (boot) facts.boot = boot;
  return facts;
}

function valuesOf<K extends keyof Told>(told: Telling, key: K): Fact<NonNullable<Told[K]>>[] {
  return told.flatMap(({ value, path }) => {
    const found = value[key];
    return found === undefined ? [] : [{ value: found as NonNullable<Told[K]>, path }];
  });
}

/** `node-1` and `node-1.example.net` are one host. */
export function isSameName(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long === short || long.startsWith(`${short}.`);
}

/** Two clocks that were read one after the other, at most so far apart, are compared. */
const TOGETHER_US = 5 * MINUTE_US;

/** A zone by its name, or by its rules; else the offset that the host had then; else what its time and UTC differ by. */
function zoneFrom(told: Telling): Fact<ZoneRules> | undefined {
  const zones = valuesOf(told, "zone");
  const at = valuesOf(told, "utc")[0]?.value ?? 0;
  const summerAt = at + 182 * DAY_US;
  const agree = (a: ZoneRules, b: ZoneRules) => a.at(at) === b.at(at) && a.at(summerAt) === b.at(summerAt);
  if (zones.length > 0)
    return zones.every(({ value }) => agree(value, zones[0]!.value)) ? zones[0] : undefined;
  const offsets = valuesOf(told, "offset");
  const fixed = (offset: number, path: string) => ({ value: fixedZone(offsetName(offset), offset), path });
  if (offsets.length > 0)
    return offsets.every(({ value }) => value === offsets[0]!.value)
      ? fixed(offsets[0]!.value, offsets[0]!.path)
      : undefined;
  const [local] = valuesOf(told, "local");
  const [utc] = valuesOf(told, "utc");
  // A clock that shows UTC is `date -u` perhaps, on a host in any zone.
  if (!utc || !local) return undefined;
  const offset = zoneOf(local.value - utc.value, TOGETHER_US);
  return Number.isNaN(offset) ? undefined : fixed(offset, local.path);
}

function collectedAt(told: Telling, zone: Fact<ZoneRules> | undefined): Fact<number> | undefined {
  const utc = valuesOf(told, "utc");
  const inZone = zone && new LocalZone(zone.value);
  const local = inZone
    ? valuesOf(told, "local").map(({ value, path }) => ({ value: value - inZone.offsetOf(value), path }))
    : [];
  // The last one: everything in the bundle was written before it.
  return [...utc, ...local].sort((a, b) => b.value - a.value)[0];
}

/** Of what was read at other moments than the clock, so much may have passed between. */
const BETWEEN_COMMANDS_US = 5 * MINUTE_US;

function bootFrom(
  told: Telling,
  zone: Fact<ZoneRules> | undefined,
  collected: Fact<number> | undefined,
): HostFacts["boot"] {
  const [boot, another] = valuesOf(told, "boot").sort((a, b) => a.value.within - b.value.within);
  if (boot) {
    const apart = another ? Math.abs(another.value.at - boot.value.at) : 0;
    return apart <= (another?.value.within ?? 0) + 2 * SECOND_US ? boot : undefined;
  }
  const [local] = valuesOf(told, "bootLocal");
  if (local && zone) {
    const { at, within } = local.value;
    return { value: { at: at - new LocalZone(zone.value).offsetOf(at), within }, path: local.path };
  }
  const [uptime] = valuesOf(told, "uptime");
  if (!uptime || !collected) return undefined;
  const at = collected.value - uptime.value - BETWEEN_COMMANDS_US;
  return { value: { at, within: 2 * BETWEEN_COMMANDS_US }, path: uptime.path };
}

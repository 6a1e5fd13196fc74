import { isSameName } from "../clock/host/facts.js";
import { parentOf, toldRoot } from "../clock/host/roots.js";
import type { Surveyed } from "./survey.js";

/** What must be known of a source to say of which host it is. */
export type Placed = {
  source: Pick<Surveyed["source"], "id" | "path">;
  told?: { name?: string } | undefined;
};

/**
 * The hosts that sources were collected on, by the sources' numbers: as the nearest folder above says that names a host. Where a folder
 * names several, nobody knows which file is of which. Empty where fewer than two hosts are named: then everything is of one.
 */
export function hostNames(surveyed: readonly Placed[]): ReadonlyMap<number, string> {
  const byFolder = new Map<string, Set<string>>();
  const known: string[] = [];
  for (const { source, told } of surveyed) {
    if (told?.name === undefined) continue;
    const folder = toldRoot(source.path);
    const names = byFolder.get(folder) ?? new Set();
    byFolder.set(folder, names.add(told.name));
    known.push(told.name);
  }
  // The short form of a host's name stands for the long one.
  known.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const canonical = (name: string) => known.find((other) => isSameName(other, name)) ?? name;
  const hosts = new Map<number, string>();
  if (new Set(known.map(canonical)).size < 2) return hosts;
  for (const { source } of surveyed) {
    const names = new Set([...namesAbove(source.path, byFolder)].map(canonical));
    const [name] = names;
    if (names.size === 1) hosts.set(source.id, name!);
  }
  return hosts;
}

function namesAbove(path: string, byFolder: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  for (let folder = parentOf(path); folder !== undefined; folder = parentOf(folder)) {
    const names = byFolder.get(folder);
    if (names !== undefined) return names;
  }
  return new Set();
}

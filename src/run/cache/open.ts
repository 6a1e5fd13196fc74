import type { FoundFile } from "../../evidence/walk.js";
import type { Grammar } from "../../grammar/types.js";
import { BUILD } from "../../version.js";
import { canBeMade, type KitParts } from "../kit.js";
import { type CacheOptions, type Digest, SegmentCache } from "./store.js";

/** What a cache must know of an analysis. */
export interface CachedRun {
  grammars: readonly Grammar[];
  parts: KitParts;
  files: readonly FoundFile[];
  digest: Digest;
}

/**
 * The cache of an analysis, to be opened before its files are read or hashed. `undefined` where what decides how records are read is
 * not known as data: grammars that nobody has the texts of.
 */
export function openCache(
  options: CacheOptions,
  { grammars, parts: { grammarFiles, wanted, prefilter, fields }, files, digest }: CachedRun,
): SegmentCache | undefined {
  if (!canBeMade(grammars, grammarFiles)) return undefined;
  const texts = grammarFiles.map(({ file, text }) => [file, text]);
  const readers = [BUILD, texts, wanted && [...wanted].sort(), prefilter, fields && inOrder(fields)];
  const paths = files.map(({ absolute }) => absolute);
  const ours = files.filter(({ isOurs }) => isOurs).map(({ absolute }) => absolute);
  return new SegmentCache(options, paths, readers, digest, new Set(ours));
}

/** The same text for the same wishes. */
const inOrder = (fields: NonNullable<KitParts["fields"]>) =>
  [...fields].map(([action, names]) => [action, [...names].sort()]).sort();

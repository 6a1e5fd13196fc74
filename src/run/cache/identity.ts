import fs from "node:fs";

/** What tells that a file was not written to between two looks: nothing that is kept. Times are in ns since 1970. */
export type Identity = Pick<fs.BigIntStats, "dev" | "ino" | "size" | "mtimeNs" | "ctimeNs">;

/** Of a file; `undefined` when there is none any more. */
export function identityOf(file: string): Identity | undefined {
  try {
    return fs.statSync(file, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Was nothing written in between? */
export const isSame = (a: Identity, b: Identity): boolean =>
  a.dev === b.dev &&
  a.ino === b.ino &&
  a.size === b.size &&
  a.mtimeNs === b.mtimeNs &&
  a.ctimeNs === b.ctimeNs;

/**
 * Is the file's last change long past? One that follows at once may get the same time: between two looks it would not show.
 *
 * @param since ms since 1970
 */
export const isSettled = ({ mtimeNs, ctimeNs }: Identity, since: number): boolean =>
  (mtimeNs > ctimeNs ? mtimeNs : ctimeNs) <= BigInt(Math.floor(since)) * 1_000_000n;

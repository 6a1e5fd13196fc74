import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import v8 from "node:v8";
import type { Extent } from "../../decode/segment.js";
import { EntryWriter, readEntry } from "./entry.js";
import { type Identity, identityOf, isSame, isSettled } from "./identity.js";

/** Where what was read of evidence is kept from one analysis to the next. */
export interface CacheOptions {
  /** A folder, which is made when there is none. It may be deleted at any time. */
  dir: string;
  /** Bytes that all entries together may take; default: 2 GiB. The oldest go first. */
  most?: number | undefined;
  /** A file must have been left alone for so long before its reading is kept; default: 2 s. */
  settledMs?: number | undefined;
  /** Is told what is not kept, and why: each reason once. */
  warn?: ((message: string) => void) | undefined;
}

const MOST_BYTES = (2 << 30) >>> 0;
/** Clocks of file systems tick in steps of up to two seconds (FAT). */
const SETTLED_MS = 2000;
/** Entries, and what a writer left that was killed. No other file of the folder is ever touched. */
const ENTRY = /^[0-9a-f]{64}-[0-9a-f]{64}\.segments$/;
const LEFTOVER = /^[0-9a-f]{64}\.\d+-[0-9a-z]+\.part$/;
/** Nobody writes at one entry for longer. */
const LEFTOVER_MS = 24 * 3600 * 1000;

/** Takes the SHA-256 of a file's content, in hex. */
export type Digest = (file: string) => Promise<string>;

/**
 * Keeps what was read of evidence: an entry for each file and each way of reading it. What an entry is found by is the content's SHA-256,
 * taken anew each time: no name, size or date is ever trusted to mean that a file is the same. Damaged and foreign
 * entries are as good as none. Whoever may write to the folder can put anything into it: it must be as private as the evidence.
 */
export class SegmentCache {
  private readonly dir: string;
  private readonly most: number;
  /** What the files were before anybody looked into them; those are missing that were written to just now. */
  private readonly settled = new Map<string, Identity>();
  /** Keys of the entries that there are. */
  private readonly keys: ReadonlySet<string>;
  private readonly commits: Promise<void>[] = [];
  /** Files of which nothing is kept, by the reason. */
  private readonly unkept = { tooLate: new Set<string>(), tooMuch: new Set<string>() };
  private failed = false;

  /**
   * @param files are not yet read, nor are their digests being taken
   * @param readers what decides how all files are read, beside what is told of each: plain data
   * @param digest takes the SHA-256 of a file's content
   * @param ours files that this program wrote itself: nobody else does, however lately that was
   */
  constructor(
    private readonly options: CacheOptions,
    files: readonly string[],
    private readonly readers: unknown,
    readonly digest: Digest,
    ours: ReadonlySet<string> = new Set(),
  ) {
    this.dir = options.dir;
    this.most = options.most ?? MOST_BYTES;
    this.keys = new Set(this.list().map((name) => name.slice(0, name.indexOf("-"))));
    const since = Date.now() - (options.settledMs ?? SETTLED_MS);
    for (const file of files) {
      const identity = identityOf(file);
      if (identity && (ours.has(file) || isSettled(identity, since))) this.settled.set(file, identity);
    }
  }

  /** What a file's entries are found by, whatever its content. @param how what decides how this one is read: plain data */
  keyOf(how: unknown): string {
    return createHash("sha256")
      .update(v8.serialize([this.readers, how]))
      .digest("hex");
  }

  /** Can there be an entry? Only then it is worth waiting for the content's SHA-256. */
  mayHave(key: string): boolean {
    return this.keys.has(key);
  }

  /** The segments of an entry; see {@link readEntry}. `undefined` when there is none. */
  open(key: string, sha256: string, hold = false): Generator<unknown, boolean> | undefined {
    const place = this.placeOf(key, sha256);
    if (!fs.existsSync(place)) return undefined;
    this.attempt(() => fs.utimesSync(place, new Date(), new Date()));
    return readEntry(place, key, sha256, hold);
  }

  /** Is there an entry, and no damage in it? */
  isWhole(key: string, sha256: string): boolean {
    const entry = readEntry(this.placeOf(key, sha256), key, sha256);
    for (;;) {
      const { done, value } = entry.next();
      if (done) return value;
    }
  }

  /** Lets go of an entry that proved to be damaged. */
  remove(key: string, sha256: string): void {
    this.attempt(() => fs.rmSync(this.placeOf(key, sha256), { force: true }));
  }

  /** Takes the segments of a file that is read now; `undefined` when they can't be kept. */
  keep(key: string, file: string): Keeper | undefined {
    const before = this.settled.get(file);
    if (!before) {
      this.unkept.tooLate.add(file);
      return undefined;
    }
    const writer = this.attempt(() => new EntryWriter(this.dir, key));
    return writer && new Keeper(this, writer, { key, file, before, most: this.most });
  }

  /** Does something with the folder, and tells when it fails. Evidence is read all the same. */
  attempt<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!this.failed)
        this.options.warn?.(
          `${this.dir}: what was read could not be kept (${(error as NodeJS.ErrnoException).code ?? error}); choose another folder for --cache`,
        );
      this.failed = true;
      return undefined;
    }
  }

  /** Nothing is kept of a file: it would be too much of it. */
  passOver(file: string): void {
    this.unkept.tooMuch.add(file);
  }

  /** Puts a complete entry in its place, if the file is still what was read. */
  commit(writer: EntryWriter, key: string, file: string, before: Identity): void {
    const commit = async () => {
      let sha256: string | undefined;
      try {
        sha256 = await this.digest(file);
      } catch {
        // Whoever needs the digest tells why there is none.
      }
      const now = sha256 !== undefined && identityOf(file);
      const isStill = now && isSame(before, now);
      if (isStill) this.attempt(() => writer.commit(this.placeOf(key, sha256!), sha256!));
      else this.attempt(() => writer.discard());
      if (now && !isStill) this.unkept.tooLate.add(file);
    };
    this.commits.push(commit());
  }

  /** Waits for what is still to be put in its place, removes the oldest entries beyond the limit, and tells what was not kept. */
  async close(): Promise<void> {
    await Promise.all(this.commits);
    this.removeOldest();
    if (!this.failed) this.tellUnkept();
  }

  private removeOldest(): void {
    const old = Date.now() - LEFTOVER_MS;
    const entries: { place: string; size: number; mtimeMs: number }[] = [];
    for (const name of this.list(/./)) {
      const place = path.join(this.dir, name);
      const stat = fs.statSync(place, { throwIfNoEntry: false });
      if (!stat) continue;
      if (ENTRY.test(name)) entries.push({ place, size: stat.size, mtimeMs: stat.mtimeMs });
      else if (LEFTOVER.test(name) && stat.mtimeMs < old)
        this.attempt(() => fs.rmSync(place, { force: true }));
    }
    let room = this.most;
    for (const { place, size } of entries.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      room -= size;
      if (room < 0) this.attempt(() => fs.rmSync(place, { force: true }));
    }
  }

  private tellUnkept(): void {
    const { tooLate, tooMuch } = this.unkept;
    const tell = ({ size }: ReadonlySet<string>, why: string) => {
      if (size > 0)
        this.options.warn?.(
          `${this.dir}: ${size === 1 ? "1 file is" : `${size} files are`} not kept: ${why}`,
        );
    };
    tell(tooLate, "written to just now; analyse again in a few seconds");
    tell(tooMuch, "nearly as much of it is wanted as there is; the next analysis reads it again");
  }

  private placeOf(key: string, sha256: string): string {
    return path.join(this.dir, `${key}-${sha256}.segments`);
  }

  private list(names = ENTRY): string[] {
    return (
      this.attempt(() => {
        fs.mkdirSync(this.dir, { recursive: true, mode: 0o700 });
        return fs.readdirSync(this.dir).filter((name) => names.test(name));
      }) ?? []
    );
  }
}

/** What was read is worth keeping when it is much less than the evidence: a capture full of wanted packets is read as fast as its rows. */
const WORTH_SHARE = 4;
/** Of small files everything is kept: bytes. */
const SMALL = 1 << 20;

/** Takes the segments of one file, in order. */
export class Keeper {
  private writer: EntryWriter | undefined;

  constructor(
    private readonly cache: SegmentCache,
    writer: EntryWriter,
    private readonly of: { key: string; file: string; before: Identity; most: number },
  ) {
    this.writer = writer;
  }

  add(segment: Extent): void {
    const { cache, writer } = this;
    if (!writer) return;
    const added = cache.attempt(() => {
      writer.add(segment);
      return true;
    });
    const worth = SMALL + segment.end / WORTH_SHARE;
    if (added && writer.length <= Math.min(this.of.most, worth)) return;
    if (added) cache.passOver(this.of.file);
    this.discard();
  }

  /** All segments of the file were added. */
  complete(): void {
    const { writer, cache, of } = this;
    this.writer = undefined;
    if (writer) cache.commit(writer, of.key, of.file, of.before);
  }

  /** Keeps nothing, unless it is complete. */
  discard(): void {
    const { writer, cache } = this;
    this.writer = undefined;
    if (writer) cache.attempt(() => writer.discard());
  }
}

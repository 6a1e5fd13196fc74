import fs from "node:fs";
import type { Report } from "../api/analysis.js";
import { NoSuchSource } from "../api/errors.js";
import type { Doc, Hit, QueryAnswer } from "../api/query.js";
import {
  type GatherOptions,
  gather,
  type Key,
  type Knowledge,
  keyFrom,
  MapRecorder,
  Masker,
  maskData,
  maskFields,
  maskTexts,
  randomKey,
  sealMap,
} from "../api/redact.js";
import { DEFAULT_KINDS, KINDS } from "../api/redact-kinds.js";
import { UsageError } from "./output.js";
import { passphraseFor } from "./passphrase.js";
import type { RedactFlags } from "./redact-flags.js";

const LEAST_KEY_BYTES = 16;

/** Masks what a command is about to show. */
export class Redaction {
  private constructor(
    readonly masker: Masker,
    private readonly flags: RedactFlags,
    private readonly recorder: MapRecorder | undefined,
    private readonly passphrase: string | undefined,
    private readonly lost: { names: number; secrets: number },
  ) {}

  /** Gets ready: the passphrase is asked for before anything is read. */
  static async of(flags: RedactFlags, know: () => Promise<Knowledge>): Promise<Redaction> {
    const needsPassphrase = flags.redactMap !== undefined || flags.redactKey === "-";
    const passphrase = needsPassphrase ? await passphraseFor(flags) : undefined;
    const key = keyFor(flags, passphrase);
    const knowledge = await know();
    const recorder = flags.redactMap === undefined ? undefined : new MapRecorder();
    const masker = new Masker(key, flags.redact ?? DEFAULT_KINDS, knowledge, recorder?.note);
    return new Redaction(masker, flags, recorder, passphrase, {
      names: knowledge.book.lost,
      secrets: knowledge.seen.lost,
    });
  }

  text(text: string): string {
    return this.masker.text(text);
  }

  /** Any plain data: a study, an answer, a comparison. */
  data<T>(data: T): T {
    return maskData(data, this.masker);
  }

  /** A report, which then says that it is masked. */
  report(report: Report): Report {
    const masked = this.data(report);
    const notes = this.notes().map((message) => ({ path: "", severity: "warning" as const, message }));
    return { ...masked, problems: [...masked.problems, ...notes] };
  }

  /** What a query found; the notes say that it is masked. */
  answer(answer: QueryAnswer): QueryAnswer {
    const { masker } = this;
    const hit = (one: Hit): Hit => ({
      ...maskData({ ...one, events: [] }, masker),
      events: one.events.map(doc),
    });
    const doc = (one: Doc | undefined): Doc | undefined =>
      one && {
        ...one,
        index: masker.text(one.index),
        fields: this.fields(one.fields),
        source: maskTexts(one.source, masker),
      };
    return {
      ...answer,
      hits: answer.hits.map(hit),
      open: answer.open.map(hit),
      notes: [...answer.notes.map((note) => masker.text(note)), ...this.notes()],
    };
  }

  /** An event's fields. */
  fields(fields: Doc["fields"]): Doc["fields"] {
    return maskFields(fields, this.masker) as Doc["fields"];
  }

  /** What readers must know. */
  notes(): string[] {
    const { kinds } = this.masker;
    const shown = KINDS.filter((kind) => !kinds.has(kind));
    const rest = shown.length > 0 ? `; not masked: ${shown.join(", ")}` : "";
    const names = [`masked: ${KINDS.filter((kind) => kinds.has(kind)).join(", ")}${rest}`];
    if (this.lost.secrets > 0)
      names.push(
        `${this.lost.secrets} secrets were too many to be known by heart: they are masked where something says what they are, and may be shown elsewhere`,
      );
    if (this.lost.names > 0)
      names.push(
        `${this.lost.names} names were too many to be known by heart: where only a field tells that they are names, they may be shown`,
      );
    return names;
  }

  /** Errors that name sources are shown to people as well. */
  async guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof NoSuchSource) throw new UsageError(this.text(error.message));
      throw error;
    }
  }

  /** Writes the map, if one is wanted. @throws UsageError where it cannot be written */
  finish(): void {
    const { redactMap: file } = this.flags;
    if (file === undefined || !this.recorder) return;
    try {
      fs.writeFileSync(file, sealMap(this.recorder.map(), this.passphrase!), { mode: 0o600 });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(`--redact-map ${file}: cannot be written (${code}); choose another place`);
    }
  }
}

/** @returns nothing where nothing is to be masked */
export async function redactionFor(
  flags: RedactFlags,
  paths: readonly string[],
  options: GatherOptions,
  names: Iterable<string> = [],
): Promise<Redaction | undefined> {
  if (flags.redact === undefined) {
    if (flags.redactKey !== undefined || flags.redactMap !== undefined)
      throw new UsageError("--redact-key and --redact-map say how to mask; add --redact, or --redact=all");
    return undefined;
  }
  return Redaction.of(flags, async () => {
    const knowledge = await gather(paths, options);
    for (const name of names) knowledge.book.addValue("container", name);
    return knowledge;
  });
}

function keyFor({ redactKey }: RedactFlags, passphrase: string | undefined): Key {
  if (redactKey === undefined) return randomKey();
  if (redactKey === "-") return keyFrom(passphrase!);
  let secret: Buffer;
  try {
    secret = fs.readFileSync(redactKey);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--redact-key ${redactKey}: this file can't be read (${code}); check the path`);
  }
  if (secret.length < LEAST_KEY_BYTES)
    throw new UsageError(
      `--redact-key ${redactKey}: ${secret.length} bytes are too few to be a key; head -c 32 /dev/urandom > FILE makes one`,
    );
  return keyFrom(secret);
}

import type { LexemeKind } from "./lexemes.js";

/** What is known of a value when it gets its name. */
export interface Named {
  kind: LexemeKind;
  /** The key or the word before it, when one is. */
  before?: string | undefined;
}

/** Fields of the Elastic Common Schema for keys that many programs use. */
const COMMON: Record<string, string> = {
  level: "log.level",
  lvl: "log.level",
  severity: "log.level",
  msg: "message",
  message: "message",
  host: "host.hostname",
  hostname: "host.hostname",
  pid: "process.pid",
  logger: "log.logger",
  user: "user.name",
  method: "http.request.method",
  status: "http.response.status_code",
  error: "error.message",
  err: "error.message",
};

const BY_KIND: Partial<Record<LexemeKind, string>> = {
  url: "url",
  duration: "event.duration",
  path: "file.path",
};
const KIND_WORDS: Partial<Record<LexemeKind, string>> = {
  quoted: "text",
  int: "number",
  word: "word",
  value: "word",
  path: "path",
  stamp: "time",
  endpoint: "address",
};
/** Words that tell on which side of a connection an address is. */
const SIDES: Record<string, "source" | "destination"> = {
  from: "source",
  client: "source",
  src: "source",
  source: "source",
  to: "destination",
  server: "destination",
  dst: "destination",
  dest: "destination",
  destination: "destination",
  upstream: "destination",
};

/** Gives the values of one shape names of their own: those of the schema where a kind or a word before the value tells which. */
export class Namer {
  private readonly taken = new Set<string>();

  /** @param format the grammar's name: fields that the schema does not know begin with it */
  constructor(
    private readonly format: string,
    private readonly handsOn: boolean,
  ) {}

  /** Takes a name as it is, when it is free. */
  take(name: string): string | undefined {
    if (
      [...this.taken].some(
        (each) => each === name || each.startsWith(`${name}.`) || name.startsWith(`${each}.`),
      )
    )
      return undefined;
    this.taken.add(name);
    return name;
  }

  nameOf(value: Named): string {
    const { kind } = value;
    const before = slug(value.before ?? "");
    if (kind === "stamp") return this.take("@timestamp") ?? this.own(before || "time");
    if (kind === "level") return this.take("log.level") ?? this.own(before || "level");
    if (kind === "ip" || kind === "endpoint") return this.address(kind, before);
    const common = Object.hasOwn(COMMON, before) ? COMMON[before]! : undefined;
    if (common !== undefined && (common !== "message" || this.handsOn)) {
      const name = this.take(common);
      if (name !== undefined) return name;
    }
    if (before !== "") return this.own(before);
    const known = BY_KIND[kind];
    return (known && this.take(known)) ?? this.own(KIND_WORDS[kind] ?? kind);
  }

  /** Which side of a connection an address is on only words tell. */
  private address(kind: "ip" | "endpoint", before: string): string {
    const side = Object.hasOwn(SIDES, before) ? SIDES[before] : undefined;
    const name = side && this.take(kind === "ip" ? `${side}.ip` : side);
    return name ?? this.own(before || (kind === "ip" ? "ip" : "address"));
  }

  /** A name under the format's own: `door.user`, `door.user_2`. */
  private own(word: string): string {
    const base = `${slug(this.format)}.${word}`;
    for (let number = 1; ; number++) {
      const name = this.take(number === 1 ? base : `${base}_${number}`);
      if (name !== undefined) return name;
    }
  }
}

/** A word as part of a field's name. */
export function slug(word: string): string {
  const plain = word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 30);
  return /^\d/.test(plain) ? `n${plain}` : plain;
}

import { Addresses } from "./addresses/addresses.js";
import type { Key } from "./key.js";
import type { Kind, Kinds } from "./kinds.js";
import type { NameBook } from "./names/book.js";
import { KIND_OF_FIELD, type NameKind } from "./names/fields.js";
import { Names } from "./names/names.js";
import { Pseudonyms } from "./names/pseudonym.js";
import { findSecrets, MARK } from "./secrets/find.js";
import { findKeyParts } from "./secrets/key-blocks.js";
import { findInManifests } from "./secrets/manifests.js";
import type { SeenSecrets } from "./secrets/seen.js";
import { findAddresses } from "./text/addresses.js";
import { findEmails } from "./text/emails.js";
import { findHosts } from "./text/hosts.js";
import { replaceSpans, type Span } from "./text/span.js";
import { accountsIn, mayNameAccounts } from "./text/users.js";
import { WordFinder } from "./text/words.js";
import type { TextMasker } from "./text-masker.js";
import { findDnsBuffers } from "./wire/buffers.js";
import { findByteArrays } from "./wire/byte-arrays.js";
import { findHexDumps } from "./wire/hex-dumps.js";

/** Is told of each replacement but those of secrets: what was there, and what stands there now. */
export type Listener = (kind: Kind, was: string, now: string) => void;

/** What a masker knows before it begins. */
export interface Knowledge {
  book: NameBook;
  seen: SeenSecrets;
}

const KINDS_OF_NAME: Record<NameKind, readonly Kind[]> = {
  host: ["host", "domain"],
  user: ["user"],
  container: ["container"],
  image: ["image", "host", "domain"],
};

/**
 * Masks texts: the same key, kinds and knowledge give the same for the same. What it made of a text it leaves as it is only by chance:
 * mask each text once.
 */
export class Masker implements TextMasker {
  readonly addresses: Addresses;
  readonly names: Names;
  private readonly pseudonyms: Pseudonyms;
  /** Names of machines that are known, sorted. */
  private readonly hosts: readonly string[];
  private readonly finder: WordFinder<{ kind: NameKind } | "secret">;

  constructor(
    private readonly key: Key,
    readonly kinds: Kinds,
    { book, seen }: Knowledge,
    private readonly listener?: Listener,
  ) {
    this.addresses = new Addresses(key, kinds);
    this.pseudonyms = new Pseudonyms(key);
    this.names = new Names(this.pseudonyms, kinds);
    this.hosts = book
      .words((kind) => kind === "host")
      .map(({ text }) => text)
      .sort();
    this.finder = new WordFinder<{ kind: NameKind } | "secret">([
      ...seen.words(),
      ...book.words((kind) => KINDS_OF_NAME[kind].some((one) => kinds.has(one))),
    ]);
  }

  text(text: string): string {
    return text === "" ? text : replaceSpans(text, this.spans(text));
  }

  spans(text: string): Span[] {
    const spans: Span[] = [];
    const secret = (start: number, end: number) =>
      spans.push({ start, end, text: this.mark(text.slice(start, end)), secret: true });
    findSecrets(text, ({ start, end }) => secret(start, end));
    findInManifests(text, ({ start, end }) => secret(start, end));
    findKeyParts(text, secret);
    this.finder.find(text, (start, end, { value }) => {
      if (value === "secret") secret(start, end);
      else this.put(spans, text, start, end, value.kind, this.name(value.kind, text.slice(start, end)));
    });
    const from = spans.length;
    if (this.kinds.has("ip") || this.kinds.has("mac")) findAddresses(text, this.addresses, spans);
    this.tell("ip", text, spans, from);
    if (this.kinds.has("host") || this.kinds.has("domain")) {
      const first = spans.length;
      findHosts(text, this.names, spans);
      this.tell("host", text, spans, first);
    }
    if (this.kinds.has("email") && text.includes("@")) {
      const first = spans.length;
      findEmails(text, this.names, (local) => this.pseudonyms.of(local), spans);
      this.tell("email", text, spans, first);
    }
    if (this.kinds.has("user") && mayNameAccounts(text))
      for (const { start, name } of accountsIn(text))
        this.put(spans, text, start, start + name.length, "user", this.names.user(name));
    findDnsBuffers(text, this, spans);
    findHexDumps(text, this, spans);
    findByteArrays(text, this, spans);
    return spans;
  }

  completed(beginning: string): string {
    const start = beginning.toLowerCase();
    const { hosts } = this;
    let [low, high] = [0, hosts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hosts[middle]! < start) low = middle + 1;
      else high = middle;
    }
    return hosts[low]?.startsWith(start) ? hosts[low]! : `${beginning}.test`;
  }

  /** A value of a field that is known to be a name or an address; others are texts. */
  field(field: string, value: string): string {
    const kind = KIND_OF_FIELD.get(field);
    if (kind === undefined) return this.text(value);
    const whole = this.name(kind, value);
    return whole === value ? this.text(value) : whole;
  }

  /** What stands for a secret: the same for the same. */
  mark(secret: string): string {
    return `${MARK}${this.key.digest("secret", secret).toString("hex", 0, 4)}`;
  }

  private name(kind: NameKind, name: string): string {
    if (kind === "user") return this.names.user(name);
    if (kind === "image") return this.names.image(name);
    if (kind === "container") return this.names.container(name);
    return this.names.host(name);
  }

  private put(spans: Span[], text: string, start: number, end: number, kind: Kind, now: string): void {
    const was = text.slice(start, end);
    if (now === was) return;
    spans.push({ start, end, text: now });
    this.listener?.(kind, was, now);
  }

  private tell(kind: Kind, text: string, spans: readonly Span[], from: number): void {
    if (this.listener === undefined) return;
    for (const { start, end, text: now } of spans.slice(from))
      this.listener(kind, text.slice(start, end), now);
  }
}

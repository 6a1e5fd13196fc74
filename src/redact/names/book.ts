import { isIP } from "node:net";
import type { Fields, FieldValue } from "../../model/event.js";
import { hostsIn } from "../text/hosts.js";
import { accountsIn, mayNameAccounts } from "../text/users.js";
import type { Standing, Word } from "../text/words.js";
import { KIND_OF_FIELD, type NameKind } from "./fields.js";
import { isId, isOfficialImage, isOrdinary, isSystemAccount } from "./ordinary.js";
import { PUBLIC_NAMES } from "./public.js";

/** So many characters of names are known by heart: what finds them takes some hundred bytes for each. */
const MOST_CHARACTERS = 300_000;
const MOST_NAME = 255;
/** What no name has: a value with one of them is a sentence. */
const NO_NAME = /[\s"'`<>{}()[\],;=|\\]/;

/** A name that is known, to be found wherever it stands. */
export interface KnownName {
  kind: NameKind;
}

/**
 * The names that evidence shows where they are certain to be names: in the fields of its records. They are then masked wherever they
 * turn up as a word, in other records, in file names, in sentences about them.
 */
export class NameBook {
  private readonly names = new Map<string, NameKind>();
  private characters = 0;
  /** Names that there was no room for. */
  lost = 0;

  /** Takes the names of an event. Values of fields may be bytes as characters, or decoded. */
  addFields(fields: Fields): void {
    for (const field in fields) {
      const kind = KIND_OF_FIELD.get(field);
      const value = fields[field];
      if (kind !== undefined && value !== undefined) this.addValue(kind, value);
    }
  }

  /** Takes what sentences say: hosts of URLs, accounts where logs and paths name them. */
  addText(text: string): void {
    for (const host of hostsIn(text)) this.add("host", host);
    if (mayNameAccounts(text)) for (const { name } of accountsIn(text)) this.add("user", name);
  }

  addValue(kind: NameKind, value: FieldValue): void {
    for (const one of typeof value === "object" ? value : [value])
      if (typeof one === "string") {
        if (kind === "image") this.addImage(one);
        else this.add(kind, one);
      }
  }

  /** An image, and its repository alone as a registry's own URLs have it. */
  private addImage(value: string): void {
    const image = imageOf(value);
    const [, registry, repository = image] = /^([^/]*[.:][^/]*|localhost)\/(.+)$/.exec(image) ?? [];
    if (registry !== undefined) this.add("host", registry);
    this.add("image", repository);
  }

  private add(kind: NameKind, value: string): void {
    const name = (kind === "host" ? hostOf(value) : value).toLowerCase();
    if (name === "" || name.length > MOST_NAME || NO_NAME.test(name) || this.names.has(name)) return;
    if (isIP(name) !== 0 || isEverybodys(kind, name)) return;
    if (this.characters + name.length > MOST_CHARACTERS) {
      this.lost++;
      return;
    }
    this.characters += name.length;
    this.names.set(name, kind);
  }

  /** The names as words, those of kinds that the caller wants. */
  words(wants: (kind: NameKind) => boolean): Word<KnownName>[] {
    return [...this.names]
      .filter(([, kind]) => wants(kind))
      .map(([text, kind]) => ({ text, standing: standingOf(text), value: { kind } }));
  }
}

function isEverybodys(kind: NameKind, name: string): boolean {
  if (kind === "user") return isSystemAccount(name) || isOrdinary(name);
  if (PUBLIC_NAMES.has(name) || isOrdinary(name) || isId(name)) return true;
  return kind === "image" && name.split("/").every((part) => isOfficialImage(part) || isOrdinary(part));
}

/** What looks like nothing but a name may be part of others; a short plain word must stand alone. */
const standingOf = (name: string): Standing =>
  /\d|[./-]/.test(name) || name.length >= 8 ? "loose" : "strict";

/** Without port, final dot and the brackets of IPv6. */
const hostOf = (value: string): string =>
  value
    .replace(/^(?!.*:.*:)([^:]*):\d{1,5}$/, "$1")
    .replace(/\.$/, "")
    .replace(/^\[|\]$/g, "");

/** Without tag and digest: `registry.corp.test:5000/shop/web:1.2@sha256:…`. */
function imageOf(value: string): string {
  const name = value.replaceAll(/%2F/gi, "/").replaceAll(/%3A/gi, ":").replace(/@.*$/, "");
  const slash = name.lastIndexOf("/");
  const colon = name.indexOf(":", slash + 1);
  const bare = colon < 0 ? name : name.slice(0, colon);
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(name) ? "" : bare;
}

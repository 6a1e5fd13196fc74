import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import type { Kind } from "./kinds.js";

/** What stood for what, to be kept apart from what was handed on. Secrets are not in it: nobody needs them back. */
export interface RedactMap {
  schema: "hindcast.redact-map/1";
  entries: { kind: Kind; was: string; now: string }[];
}

/** More than these are not noted; the map then says so by its length alone. */
const MOST_ENTRIES = 200_000;

/** Notes each replacement once, in the order in which they were met. */
export class MapRecorder {
  private readonly entries = new Map<string, RedactMap["entries"][number]>();
  readonly note = (kind: Kind, was: string, now: string): void => {
    if (this.entries.size < MOST_ENTRIES && !this.entries.has(was)) this.entries.set(was, { kind, was, now });
  };

  map(): RedactMap {
    return { schema: "hindcast.redact-map/1", entries: [...this.entries.values()] };
  }
}

/** The passphrase is wrong, or the file is no map or was changed. */
export class ClosedMap extends Error {}

const MAGIC = Buffer.from("hindcast redact map 1\n", "latin1");
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Cost of a guess (RFC 7914): 128 MiB and about half a second. */
const SCRYPT = { N: 1 << 17, r: 8, p: 1, maxmem: 256 << 20 };

/**
 * Encrypts a map: AES-256-GCM (NIST SP 800-38D) with a key that scrypt (RFC 7914) makes of the passphrase and a fresh salt.
 * @returns a line that says what it is, salt, nonce, the encrypted JSON, tag
 */
export function sealMap(map: RedactMap, passphrase: string): Buffer {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
  const cipher = createCipheriv("aes-256-gcm", scryptSync(passphrase, salt, 32, SCRYPT), iv);
  cipher.setAAD(MAGIC);
  const body = Buffer.concat([cipher.update(JSON.stringify(map), "utf8"), cipher.final()]);
  return Buffer.concat([MAGIC, salt, iv, body, cipher.getAuthTag()]);
}

/** @throws ClosedMap */
export function openMap(sealed: Buffer, passphrase: string): RedactMap {
  const body = MAGIC.length + SALT_BYTES + IV_BYTES;
  if (sealed.length < body + TAG_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC))
    throw new ClosedMap("this is no map that --redact-map wrote");
  const salt = sealed.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const iv = sealed.subarray(MAGIC.length + SALT_BYTES, body);
  const decipher = createDecipheriv("aes-256-gcm", scryptSync(passphrase, salt, 32, SCRYPT), iv);
  decipher.setAAD(MAGIC);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(body, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString("utf8")) as RedactMap;
  } catch {
    throw new ClosedMap("the passphrase is another one, or the file was changed");
  }
}

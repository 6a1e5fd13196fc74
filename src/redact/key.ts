import { createHmac, randomBytes, scryptSync } from "node:crypto";

const KEY_BYTES = 32;
/** Cost of a guess at a passphrase (RFC 7914): 32 MiB of memory, some 100 ms. */
const SCRYPT = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 };
/** The same passphrase must give the same pseudonyms on any machine, so the salt is no secret and no chance. */
const SALT = "hindcast.redact/1";

/**
 * What pseudonyms depend on. Plain hashes of addresses and short names can be reversed by trying all of them; with a key that nobody
 * knows they cannot.
 */
export class Key {
  constructor(private readonly secret: Buffer) {}

  /** 32 bytes that nobody can foretell without the key: HMAC-SHA256 (RFC 2104) of the purpose and the data. */
  digest(purpose: string, data: string | Uint8Array): Buffer {
    return createHmac("sha256", this.secret).update(`${purpose}\0`).update(data).digest();
  }
}

/** A key of this run alone: two runs give different pseudonyms. */
export const randomKey = (): Key => new Key(randomBytes(KEY_BYTES));

/** The key that a passphrase or the contents of a key file stand for. */
export const keyFrom = (secret: string | Buffer): Key => new Key(scryptSync(secret, SALT, KEY_BYTES, SCRYPT));

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { Masker } from "../../src/redact/masker.js";
import { NameBook } from "../../src/redact/names/book.js";
import { SeenSecrets } from "../../src/redact/secrets/seen.js";

const book = new NameBook();
book.addFields({ "host.hostname": "web1", "container.name": "shop-db-1" });
const masker = new Masker(keyFrom("hostile"), parseKinds("all"), { book, seen: new SeenSecrets() });

/** What the patterns look for, in any order and cut anywhere. */
const PIECES = [
  ...[
    "password=",
    '"token": "',
    "://",
    "@",
    ":",
    "web1",
    "shop-db-1",
    "10.1.2.3",
    "/24",
    "fe80::1",
    "02:42:ac:11:00:02",
  ],
  ...[
    "-----BEGIN RSA PRIVATE KEY-----",
    "\n",
    "\\n",
    '\\"',
    '", "\\0\\1',
    "kind: Secret\ndata:\n  a: ",
    "[1,2,3,4,5,6,7,8]",
  ],
  ...[
    "\n\t0x0000:  4500 0028",
    "sendto(3, ",
    "%3A%2F%2F",
    "\u001b[31m",
    "mysql -p",
    "curl -u a:",
    "\ud800",
    "é",
    "Cookie: ",
  ],
];

describe("hostile texts", () => {
  it("are masked without a fault, the same each time, and lose all secrets behind a key", () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (pieces) => {
        const hostile = `${pieces.join("")}\nuser=x password=q7Secret99 z`;
        const out = masker.text(hostile);
        expect(masker.text(hostile)).toBe(out);
        expect(out).not.toContain("q7Secret99");
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

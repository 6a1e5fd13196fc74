import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readFixed } from "../../src/scan/fixed-stamps.js";
import { PackedStamps, STAMP_FORMS, stampIn } from "../../src/scan/stamps.js";
import { FORMS, type Form, stampText } from "./stamp-texts.js";

/** What is read of a stamp that stands within other bytes. */
function read(form: Form, text: string) {
  const bytes = Buffer.from(`1${text}1`, "latin1");
  const packed = stampIn(STAMP_FORMS[form], bytes, 1, bytes.length - 1);
  if (Number.isNaN(packed)) return undefined;
  const stamps = new PackedStamps(Float64Array.of(0, packed));
  const stamp = { us: 0, ns: 0, whole: false };
  stamps.read(1, stamp);
  const { whole, ...rest } = stamp;
  return { ...rest, ...(whole && { whole }) };
}

describe("stamps that are read from bytes", () => {
  it.each([
    ["rfc3339", "2026-11-22T03:52:32.525263649Z", { us: 1795319552525263, ns: 649 }],
    ["rfc3339", "2026-11-22T03:52:32+03:00", { us: 1795308752000000, ns: 0, whole: true }],
    ["syslog", "Nov 22 03:52:32", { us: 91252352000000, ns: 0, whole: true }],
    ["hms", "03:52:32.5", { us: 13952500000, ns: 0 }],
    ["epoch", "1795319188.965243", { us: 1795319188965243, ns: 0 }],
  ] as const)("say of a %s like %s when it was", (form, text, expected) => {
    expect(read(form, text)).toEqual(expected);
  });

  it.each([
    [
      "rfc3339",
      [
        "",
        "Z",
        "2026-11-22T03:52:32",
        "2026-11-22 03:52:32Z",
        "2026-11-22T03:52:32.Z",
        "2026-11-22T03:52:60Z",
      ],
    ],
    [
      "rfc3339",
      [
        "1969-12-31T23:59:59Z",
        "2026-00-22T03:52:32Z",
        "2026-11-22T03:52:32.1234567890Z",
        "2106-02-07T06:28:16Z",
      ],
    ],
    ["syslog", ["", "Nov 22", "nov 22 03:52:32", "Nov 00 03:52:32", "Nov 22 24:00:00", "Nov 22 03:52:32,5"]],
    ["hms", ["3:52:32", "03:52", "03:52:32 AM"]],
    ["epoch", ["179531918", "17953191880", "9999999999", "-795319188"]],
  ] as const)(
    "are none of %s unless they have its usual form, and lie between 1970 and 2106: %j",
    (form, texts) => {
      for (const text of texts) expect([text, read(form, text)]).toEqual([text, undefined]);
    },
  );

  it.each(FORMS)("are the same as those that are read from texts: %s", (form) => {
    let found = 0;
    fc.assert(
      fc.property(stampText[form], (text) => {
        const got = read(form, text);
        if (got === undefined) return;
        found++;
        expect(got).toEqual(readFixed(form, text));
      }),
      { seed: 5, numRuns: 20_000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { excerpt } from "../../src/report/excerpt.js";
import { cut, displayWidth, wrap } from "../../src/report/width.js";

describe("excerpt", () => {
  it("keeps what fits", () => {
    expect(excerpt("  poll([{fd=5}], 1, 5000) = 0 (Timeout)", 60)).toBe(
      "poll([{fd=5}], 1, 5000) = 0 (Timeout)",
    );
  });

  it("drops the envelope first: the report shows the time beside it", () => {
    const line =
      'Nov 22 03:52:32 dev1 dockerd[812]: time="2026-11-22T03:52:32.525263649+03:00" level=error msg="Error trying v2 registry"';
    expect(excerpt(line, 60)).toBe('…msg="Error trying v2 registry"');
    expect(
      excerpt("00:52:27.521204 eth0  Out IP 172.28.55.39.44301 > 172.28.1.15.53: 54071+ A? a.test. (24)", 80),
    ).toBe("…eth0  Out IP 172.28.55.39.44301 > 172.28.1.15.53: 54071+ A? a.test. (24)");
  });

  it("then drops the middle: the end says how it ended", () => {
    const call = `sendmmsg(5, [${"{msg_hdr={msg_name=NULL}}, ".repeat(9)}], 2, MSG_NOSIGNAL) = -1 ECONNREFUSED`;
    expect(excerpt(call, 60)).toMatch(/^sendmmsg\(5, \[\{msg_hdr=.*….*= -1 ECONNREFUSED$/);
  });

  it("never takes more room than it has, and never splits a character", () => {
    const any = fc
      .array(fc.constantFrom("a", " ", "漢", "👍", "e\u0301", "[", '"'), { maxLength: 80 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 60 }), (text, width) => {
        for (const shown of [excerpt(text, width), cut(text, width)]) {
          expect(displayWidth(shown)).toBeLessThanOrEqual(width);
          expect(shown).not.toMatch(/\p{Cs}/u);
        }
      }),
    );
  });
});

describe("wrap", () => {
  it("loses nothing but blanks and keeps to its width", () => {
    const any = fc
      .array(fc.constantFrom("a", " ", "漢", "word", "👍"), { maxLength: 80 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

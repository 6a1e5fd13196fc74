import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { decodedEnvelopes, envelopesOf } from "../../../src/decode/envelopes.js";
import { detect } from "../../../src/decode/text/detect.js";
import { grammars } from "../../../src/grammar/generated.js";

const envelopes = [...grammars.filter(({ layer }) => layer === "envelope"), ...decodedEnvelopes];
const repeated = (lines: readonly string[]) => `${lines.join("\n")}\n`.repeat(60);

/**
 * V8 compiles an expression when it is first run, and there are three hundred for envelopes alone: that was the dearest part of reading a
 * small file. So the number of expressions that telling a file's format runs is held, not seconds.
 */
describe("telling a file's format", () => {
  const ran = new Set<string>();
  const { test, exec } = RegExp.prototype;

  beforeEach(() => {
    ran.clear();
    jest.spyOn(RegExp.prototype, "test").mockImplementation(function (this: RegExp, text: string) {
      ran.add(this.source);
      return test.call(this, text);
    });
    jest.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, text: string) {
      ran.add(this.source);
      return exec.call(this, text);
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const formats: [name: string, most: number, lines: string[]][] = [
    [
      "journal-short",
      10,
      [
        "Mar  2 10:00:00 node-17 dockerd[2706]: garbage collected",
        "Mar  2 10:00:01 node-17 kernel: docker0: port 1(veth1) entered disabled state",
      ],
    ],
    [
      "strace",
      14,
      [
        '4002 1772445600.000038 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 9 <0.000020>',
        "4008 1772445600.000078 epoll_pwait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 128, -1, NULL, 0) = 1 <0.001>",
      ],
    ],
    ["journal-json", 8, ['{"MESSAGE":"m","__REALTIME_TIMESTAMP":"1772445600000000","_HOSTNAME":"node-17"}']],
    ["docker-json-file", 10, ['{"log":"m\\n","stream":"stdout","time":"2026-03-02T10:00:00.000000000Z"}']],
  ];
  for (const [name, most, lines] of formats) {
    it(`runs at most ${most} expressions of ${envelopes.length} formats on ${name}`, () => {
      const { ranked, records } = detect(repeated(lines), envelopes);
      expect(ranked[0]).toMatchObject({ grammar: { name }, claimed: records });
      expect(ran.size).toBeGreaterThan(0);
      expect(ran.size).toBeLessThanOrEqual(most);
    });
  }

  it("looks for no other record in the lines of a document that is indented, as pasted lines are", () => {
    const nodes = Array.from({ length: 40 }, (_, i) => `    "node-${i}": { "state": "up" },`);
    const document = ["{", '  "nodes": {', ...nodes, '    "last": {}', "  }", "}"];
    const { ranked, records, pasted } = detect(`${document.join("\n")}\n`, envelopesOf(grammars));
    expect(ranked[0]).toMatchObject({ grammar: { name: "json" }, claimed: records });
    expect(pasted).toBe(false);
    expect(ran.size).toBeLessThanOrEqual(16);
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ByteSet } from "../../../src/grammar/bytes.js";
import { trackOf } from "../../../src/grammar/track/follow.js";
import { plainly } from "../../../src/grammar/track/plain.js";
import { markOf, programOf, wayOf } from "../../../src/grammar/track/program.js";
import type { Track } from "../../../src/grammar/track/step.js";
import type { Shape } from "../../../src/grammar/types.js";
import { matchTrack } from "../../../src/scan/track-match.js";
import { compile } from "../helpers.js";

const TOKENS = "token PATH = /[^ ]*[^ :]/\ntoken SITE = /[^ ]*[^ .]/\ntoken LETTERS = /[a-z]+/\n";

const shapeOf = (body: string): Shape => compile(`${TOKENS}event test.event = ${body}`, "message").shapes[0]!;

/** A track as one reads it: runs as `<count>`, groups in braces, what must not follow as `!(…)`. */
const shown = (track: Track | undefined) =>
  track
    ?.map((step) => {
      if (step.kind === "bytes") return step.bytes;
      if (step.kind === "run") return `<${step.min}${step.max === step.min ? "" : `-${step.max}`}>`;
      return step.kind === "unless" ? `!(${step.bytes})` : step.kind === "open" ? "{" : "}";
    })
    .join("");

const PLAIN = ByteSet.range(0, 127).minus(ByteSet.of("\r\n"));

/** The texts of a track that are ASCII and no line ends: programs know no others. */
const inLines = (track: Track): Track =>
  track.map((step) =>
    step.kind === "run"
      ? { ...step, set: step.set.intersect(PLAIN), ...(step.last && { last: step.last.intersect(PLAIN) }) }
      : step,
  );

/** Texts of a track. */
const textsOf = (track: Track): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...track.map((step) => {
        if (step.kind === "bytes") return fc.constant(step.bytes);
        if (step.kind !== "run") return fc.constant("");
        const byte = fc.constantFrom(...step.set.members()).map((code) => String.fromCharCode(code));
        const maxLength = Math.min(step.max, step.min + 6);
        return fc.array(byte, { minLength: step.min, maxLength }).map((bytes) => bytes.join(""));
      }),
    )
    .map((parts) => parts.join(""));

/** Groups of a match, as the program notes them; absent: it does not read all of the text. */
function groupsBy(track: Track, text: string): (string | undefined)[] | undefined {
  const bytes = Buffer.from(text, "latin1");
  const marks = new Int32Array(200).fill(-1);
  const program = programOf([wayOf(track)], () => true)!;
  if (matchTrack(program, bytes, 0, bytes.length, marks) !== 0) return undefined;
  const groups: (string | undefined)[] = [];
  for (const step of track)
    if (step.kind === "open") {
      const mark = markOf(step.group);
      groups[step.group] = text.slice(marks[mark], marks[mark + 1]);
    }
  return groups;
}

describe("the track of a record", () => {
  it("keeps the alternative that the record took, and leaves open how often a byte of one class stands there", () => {
    const shape = shapeOf('"port " bridge.port:INT " is " bridge.state:("up" | "down")');
    expect(shown(trackOf(shape, "port 12 is up"))).toBe("port {<1-Infinity>} is {up}");
  });

  it("has nothing of an optional part that the record has not", () => {
    const shape = shapeOf('"from " host.name:WORD (" port " host.port:INT)?');
    expect(shown(trackOf(shape, "from a"))).toBe("from {<1-Infinity>}");
    expect(shown(trackOf(shape, "from a port 1"))).toBe("from {<1-Infinity>} port {<1-Infinity>}");
  });

  it("says what must not follow where an earlier alternative, which comes first, was not taken", () => {
    const shape = shapeOf('"said " ordered("error: " error.message:rest | message:rest)');
    expect(shown(trackOf(shape, "said hello"))).toBe("said !(error: ){<0-Infinity>}");
    expect(shown(trackOf(shape, "said error: no"))).toBe("said error: {<0-Infinity>}");
  });

  it("is none where an earlier alternative begins with no literal", () => {
    const shape = shapeOf('"said " ordered(error.code:INT " " WORD | message:rest)');
    expect(trackOf(shape, "said hello you")).toBeUndefined();
  });

  it("is none of a text that the shape does not claim", () => {
    expect(trackOf(shapeOf('"port " bridge.port:INT'), "port x")).toBeUndefined();
  });
});

describe("a plain track", () => {
  const plain = (body: string, record: string) => shown(plainly(trackOf(shapeOf(body), record)!));

  it("joins a run and its last byte, where that is one of fewer", () => {
    expect(plain('"at " url.original:SITE " now"?', "at here")).toBe("at {<1-Infinity>}");
  });

  it("is none where a run must know more than the next byte", () => {
    expect(plain('host.name:LETTERS "z!"', "abz!")).toBeUndefined();
  });
});

describe("texts of a track", () => {
  const shape = shapeOf(
    '"Got " http.response.status_code:INT (" " | ", ") ordered("[x] " error.message:rest | message:WORD " " url.path:PATH)',
  );

  it("are claimed by the shape, with the groups where the track says", () => {
    const track = inLines(plainly(trackOf(shape, "Got 200, hello /v2/a:b")!)!);
    fc.assert(
      fc.property(textsOf(track), (text) => {
        const groups = groupsBy(track, text);
        fc.pre(groups !== undefined);
        shape.regex.lastIndex = 0;
        const match = shape.regex.exec(text);
        expect(match).not.toBeNull();
        for (const [group, value] of groups!.entries()) if (group > 0) expect(match![group]).toBe(value);
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it("are not those that take the way that comes first", () => {
    const track = inLines(plainly(trackOf(shape, "Got 200, hello /v2/a:b")!)!);
    expect(groupsBy(track, "Got 200, [y] /v2")).toBeDefined();
    expect(groupsBy(track, "Got 200, [x] /v2")).toBeUndefined();
  });
});

describe("a record of very many parts", () => {
  it("has a track or none, and takes bounded work to tell", () => {
    const shape = shapeOf('"list" (" " INT ",")* " end"');
    const track = trackOf(shape, `list${" 1,".repeat(200_000)} end`);
    expect(track).toBeUndefined();
  });
});

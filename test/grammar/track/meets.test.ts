import { describe, expect, it } from "@jest/globals";
import { compileGrammars } from "../../../src/grammar/compile.js";
import { trackOf } from "../../../src/grammar/track/follow.js";
import { TrackTexts } from "../../../src/grammar/track/meets.js";
import type { Shape } from "../../../src/grammar/types.js";
import { grammarText } from "../helpers.js";

const shapeOf = (body: string): Shape =>
  compileGrammars([{ file: "test.grammar", text: grammarText(`event test.event = ${body}`, "message") }])
    .grammars[0]!.shapes[0]!;

const STATUS = '"Got status " http.response.status_code:INT " from " host.name:WORD';

/** May a text of the track that "Got status 200 from repo" takes be one that the shape claims? */
const mayMeet = (body: string) =>
  new TrackTexts(trackOf(shapeOf(STATUS), "Got status 200 from repo")!).mayMeet(shapeOf(body));

describe("texts of a track", () => {
  it("meet a shape that claims one of them, whatever it begins with", () => {
    expect(mayMeet(STATUS)).toBe(true);
    expect(mayMeet('upto "from " "from " host.name:WORD')).toBe(true);
    expect(mayMeet('WORD " status " rest')).toBe(true);
    expect(mayMeet('"Got " ("status" | "state") " " rest')).toBe(true);
  });

  it("meet a shape whose words can stand where the track leaves open what stands", () => {
    expect(mayMeet('upto "NXDOMAIN" "NXDOMAIN" rest')).toBe(true);
    expect(mayMeet('upto "no such host" "no such host" rest')).toBe(false);
  });

  it("do not meet a shape that begins, goes on or ends otherwise", () => {
    expect(mayMeet('"Get " rest')).toBe(false);
    expect(mayMeet('"Got status code " rest')).toBe(false);
    expect(mayMeet('"Got status " INT " from " WORD "!"')).toBe(true);
    expect(mayMeet('"Got status " INT " from " WORD " twice"')).toBe(false);
    expect(mayMeet('"Got status " INT')).toBe(false);
  });
});

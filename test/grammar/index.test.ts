import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGrammars, formatProblem } from "../../src/grammar/compile.js";
import { matchShape } from "../../src/grammar/exec.js";
import { literalsOf, MessageIndex, weakShapes } from "../../src/grammar/index/index.js";
import { LiteralSearch } from "../../src/grammar/index/search.js";
import type { Grammar, Shape } from "../../src/grammar/types.js";

function grammars(...bodies: string[]): Grammar[] {
  const files = bodies.map((body, i) => ({
    file: `${i}.grammar`,
    text: `grammar g${i} "g${i}"\nlayer message\n${body}`,
  }));
  const { grammars: made, problems } = compileGrammars(files);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return made;
}

describe("the index of message shapes", () => {
  const index = new MessageIndex(
    grammars(
      `event lookup = "lookup " dns.question.name:WORD " on " dns.server:ENDPOINT ": " error.message:rest
       event short = a:WORD " on " b:rest
       event dial = "dial tcp: " error.message:rest pass error.message to message
       event get = ("Get " | "Head ") (url:URL | "\\"" url:URL "\\"") ": " error.message:rest pass error.message to message`,
      `accepts process.name in ("kernel")
       event kernel.short = a:WORD " on " "eth0"`,
      `event any.state = interface.name:WORD " entered " state:WORD " state"
       event any.blocking = interface.name:WORD " entered blocking state"`,
    ),
  );

  it("finds a shape by its first bytes, or by a literal inside", () => {
    expect(index.match("lookup a.test on 10.0.0.1:53: no such host", {})!.shape.event).toBe("lookup");
    expect(index.match("eth0 entered learning state", {})!.shape.event).toBe("any.state");
    expect(index.match("nothing of the kind", {})).toBeUndefined();
    expect(index.match("", {})).toBeUndefined();
  });

  it("most literal bytes win", () => {
    expect(index.match("eth0 entered blocking state", {})!.shape.event).toBe("any.blocking");
  });

  it("a grammar that does not accept the record is not asked", () => {
    expect(index.match("a on eth0", { "process.name": "kernel" })!.shape.event).toBe("kernel.short");
    expect(index.match("a on eth0", { "process.name": "dockerd" })!.shape.event).toBe("short");
    expect(index.match("a on eth0", {})!.shape.event).toBe("short");
  });

  it("what is passed on is read, outermost first", () => {
    const text = "Get https://r.test/v2/: dial tcp: lookup r.test on 10.0.0.1:53: no such host";
    const reading = index.match(text, {})!;
    expect([reading, ...reading.inner!].map(({ shape }) => shape.event)).toEqual(["get", "dial", "lookup"]);
    expect(reading.inner![1]!.fields).toMatchObject({
      "dns.question.name": "r.test",
      "dns.server.ip": "10.0.0.1",
    });
    expect(reading.inner![0]!.inner).toBeUndefined();
  });

  describe("a shape that hands on a field which it did not take from its own text", () => {
    const status = new MessageIndex(
      grammars(
        `event status = "status " code:INT (": " error.message:WORD)? pass error.message to message
         event pull = "pull failed: " error.message:rest pass error.message to message`,
      ),
    );
    const eventsOf = (text: string, known = {}) => {
      const reading = status.match(text, known)!;
      return [reading, ...(reading.inner ?? [])].map(({ shape }) => shape.event);
    };

    it("hands on what stands beside the message", () => {
      expect(eventsOf("status 1", { "error.message": "status 2" })).toEqual(["status", "status"]);
    });

    it("does not read again the error that it is itself", () => {
      expect(eventsOf("pull failed: status 1")).toEqual(["pull", "status"]);
      expect(eventsOf("status 1", { "error.message": "pull failed: status 2" })).toEqual([
        "status",
        "pull",
        "status",
      ]);
    });
  });

  it("what nobody wants stays unread, unless it hands on something", () => {
    const wants = (shape: Shape) => shape.pass !== undefined || shape.event === "short";
    expect(index.match("a on b", {}, wants)!.shape.event).toBe("short");
    expect(index.match("dial tcp: x", {}, wants)!.shape.event).toBe("dial");
    expect(index.match("eth0 entered learning state", {}, wants)).toBeUndefined();
  });

  it("what is known of the record is asked for only where a grammar accepts not every record", () => {
    let asked = 0;
    const known = () => {
      asked++;
      return { "process.name": "kernel" };
    };
    expect(index.match("eth0 entered learning state", known)!.shape.event).toBe("any.state");
    expect(asked).toBe(0);
    expect(index.match("a on eth0", known)!.shape.event).toBe("kernel.short");
    expect(asked).toBe(1);
  });

  it("not deeper than six levels", () => {
    const reading = index.match("dial tcp: ".repeat(50) + "end", {})!;
    expect(reading.inner).toHaveLength(6);
  });

  it("fields beyond ASCII are passed on as bytes", () => {
    const umlaut = new MessageIndex(
      grammars('event outer = "outer: " m:rest pass m to message\nevent inner = "größe " n:WORD'),
    );
    const reading = umlaut.match(Buffer.from("outer: größe ü").toString("latin1"), {})!;
    expect(reading.inner![0]!.fields).toEqual({ n: "ü" });
  });

  it("finds what trying all shapes finds (property)", () => {
    const words = [
      "lookup ",
      " on ",
      "eth0",
      " entered ",
      "blocking",
      " state",
      "dial tcp: ",
      ": ",
      "a",
      " ",
      "Get ",
    ];
    const all = grammars(
      'event a = "lookup " x:WORD " on " y:rest\nevent b = x:WORD " on " y:WORD\nevent c = x:WORD " entered " y:WORD " state"',
      'event d = "dial tcp: " x:rest\nevent e = ("Get " | "eth0 ") x:rest\nevent f = x:INT? "blocking" y:TEXT',
    );
    const one = new MessageIndex(all);
    let matched = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const matching = all.flatMap(({ shapes }) => shapes.filter((shape) => matchShape(shape, text)));
        const found = one.match(text, {})?.shape;
        if (found) matched++;
        expect(found === undefined).toBe(matching.length === 0);
        if (found) expect(matching).toContain(found);
      }),
      { numRuns: 2000 },
    );
    expect(matched).toBeGreaterThan(200);
  });
});

describe("the search for many literals", () => {
  const finds = (search: LiteralSearch, text: string) => {
    search.scan(text);
    return [...new Set(search.found.slice(0, search.count))];
  };
  const found = (literals: readonly string[], text: string) => finds(new LiteralSearch(literals), text);

  it("finds every literal that stands in the text, and no other (property)", () => {
    const letters = fc.constantFrom("a", "b");
    const literal = fc.string({ unit: letters, minLength: 1, maxLength: 9 });
    let total = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(literal, { minLength: 1, maxLength: 12 }),
        fc.string({ unit: letters, maxLength: 40 }),
        (literals, text) => {
          const wanted = literals.flatMap((one, id) => (text.includes(one) ? [id] : []));
          total += wanted.length;
          expect(found(literals, text).sort((a, b) => a - b)).toEqual(wanted);
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
    expect(total).toBeGreaterThan(1000);
  });

  it("finds a literal wherever it stands, also at the end of a long text", () => {
    for (let before = 0; before < 9; before++) {
      expect(found(["lookup", "dial tcp"], `${".".repeat(before)}dial tcp`)).toEqual([1]);
    }
    expect(found(["lookup"], `${"look".repeat(20_000)}up`)).toEqual([0]);
  });

  it("finds nothing of an earlier, longer text", () => {
    const search = new LiteralSearch(["lookup on"]);
    expect(finds(search, "a lookup on b")).toEqual([0]);
    expect(finds(search, "a lookup")).toEqual([]);
    expect(finds(search, "")).toEqual([]);
  });
});

describe("literals for the prefilter", () => {
  it("one set for each shape, cut where JSON or logfmt would escape", () => {
    const made = grammars(
      'event a = "say \\"hello world\\" " x:WORD\nevent b = ("lookup " | "query ") x:WORD " failed"',
    );
    expect(literalsOf(made)).toEqual([" failed", "hello world"]);
    expect(weakShapes(made)).toEqual([]);
  });

  it("shapes with weak literals are told", () => {
    expect(weakShapes(grammars('event a = x:WORD " > " y:WORD'))).toMatchObject([{ event: "a" }]);
  });
});

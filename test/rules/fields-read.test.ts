import { describe, expect, it } from "@jest/globals";
import { fieldsRead } from "../../src/rules/fields-read.js";
import { rule } from "./rules.js";

const read = (body: string, action = "a") => [...fieldsRead([rule(body)], [action]).get(action)!];

describe("the fields that a rule reads of an event", () => {
  it("are those of its conditions, keys and pipes", () => {
    const found = read(`
queries:
  - eql: >
      sequence by host.name with maxspan=5s
        [any where event.action == "a" and length(x.one) > 2] by x.key
        [any where event.action == "b" and x.two like "q*" or not x.three in ("r", "s")] by y.key
        until [any where event.action == "a" and x.four == null] by z.key
      | filter x.five > 1 | unique x.six
    confidence: 0.9
`);
    const names = ["host.name", "x.one", "x.key", "x.two", "x.three", "y.key", "x.four", "x.five", "x.six"];
    expect(found).toEqual(expect.arrayContaining(names));
  });

  it("are those of what speaks against it, and of what it cannot tell", () => {
    const found = read(`
queries:
  - { eql: 'any where event.action == "a"', confidence: 0.9 }
unless:
  - eql: any where event.action == "a" and x.healthy == true
cannot_tell:
  - eql: any where event.action == "a" and x.cut == true
    what: what became of {x.what}
    why: "{x.why} was cut"
    command: tcpdump -i {x.command|INTERFACE}
`);
    expect(found).toEqual(expect.arrayContaining(["x.healthy", "x.cut", "x.what", "x.why", "x.command"]));
  });

  it("are those that its findings name", () => {
    const found = read(`
queries:
  - { eql: 'any where event.action == "a"', confidence: 0.9 }
group_by: [x.group]
entities: [x.entity]
summary: "{x.summary|none} failed {count} times"
remediation: ["restart {x.remedy|NAME}"]
verify: ["look at {x.check|NAME}"]
`);
    expect(found).toEqual(
      expect.arrayContaining(["x.group", "x.entity", "x.summary", "x.remedy", "x.check", "event.start"]),
    );
  });

  it("are none of its own where it asks for other events", () => {
    const other = `
queries:
  - { eql: 'any where event.action == "b" and x.one == 1', confidence: 0.9 }
`;
    expect(read(other)).not.toContain("x.one");
    expect(read(other, "b")).toContain("x.one");
  });

  it("are its own of any event where it does not say which it asks for", () => {
    expect(read("queries:\n  - { eql: 'any where x.one == 1', confidence: 0.9 }\n")).toContain("x.one");
  });
});

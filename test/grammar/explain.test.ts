import { describe, expect, it } from "@jest/globals";
import { caret, explainRecord } from "../../src/grammar/explain.js";

const bridge = {
  file: "kernel-bridge.grammar",
  text: `grammar kernel-bridge "Linux bridge messages"
layer message
token NAME  = /[^\\s:()]+/
token STATE = /disabled|blocking|listening|learning|forwarding/
event bridge.port_state
  = bridge.name:NAME ": port " bridge.port:INT "(" interface.name:NAME ") entered " bridge.state:STATE " state"
event bridge.promiscuous
  = interface.name:NAME ": " ("entered" [on = true] | "left" [on = false]) " promiscuous mode"`,
};

describe("explaining a record", () => {
  const record = "br-lan: port 2(veth1a2b) entered forwarded state";

  it("says how far it can be read, what was expected there and what was understood", () => {
    const found = explainRecord(bridge, record);
    expect(found).toMatchObject({
      matched: false,
      event: "bridge.port_state",
      column: 41,
      expected: ["bridge.state:STATE"],
    });
    expect(found.fields).toEqual({ "bridge.name": "br-lan", "bridge.port": 2, "interface.name": "veth1a2b" });
    expect(caret(record, found)).toBe(
      `${record}\n                                        ^ column 41: expected bridge.state:STATE`,
    );
  });

  it("lists the shapes, the farthest one first", () => {
    expect(explainRecord(bridge, record).shapes.map(({ event, column }) => [event, column])).toEqual([
      ["bridge.port_state", 41],
      ["bridge.promiscuous", 9],
    ]);
  });

  it("a record that is read gives its fields", () => {
    expect(explainRecord(bridge, "br0: left promiscuous mode\r")).toMatchObject({
      matched: true,
      event: "bridge.promiscuous",
      fields: { "interface.name": "br0", on: false },
    });
  });

  it("a record that ends too early", () => {
    const found = explainRecord(bridge, "br0: left promiscuous");
    expect([found.column, found.expected]).toEqual([22, ['" promiscuous mode"']]);
  });

  it("a record that goes on too long", () => {
    const found = explainRecord(bridge, "br0: left promiscuous mode!");
    expect([found.column, found.expected]).toEqual([27, ["the end of the record"]]);
  });

  it("of several lines, the line is shown", () => {
    const text = 'grammar a "a"\nlayer envelope\nevent x = "a\\n\\tb: " c:INT';
    const found = explainRecord({ file: "x", text }, "a\n\tb: c");
    expect(caret("a\n\tb: c", found)).toBe("\tb: c\n\t   ^ column 7: expected c:INT");
  });

  it("a long record takes a moment, not a stack", () => {
    const text = 'grammar a "a"\nlayer envelope\nevent x = a:upto outside QUOTED " end" " end"';
    const found = explainRecord({ file: "x", text }, '"' + "\\x".repeat(200_000) + '" en');
    expect(found.matched).toBe(false);
  });
});

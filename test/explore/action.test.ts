import { describe, expect, it } from "@jest/globals";
import { actionsOf, type InkKey } from "../../src/explore/keys/action.js";

const NO_KEY: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
};
const read = (input: string, key: Partial<InkKey> = {}) => actionsOf(input, { ...NO_KEY, ...key });
const key = (name: string) => [{ type: "key", key: name }];

describe("what a terminal's input means", () => {
  it("letters are keys, those that come together one by one", () => {
    expect(read("j")).toEqual(key("j"));
    expect(read("jj\r")).toEqual([...key("j"), ...key("j"), ...key("enter")]);
    expect(read("/\x15\x7f\x03")).toEqual(["/", "ctrl-u", "backspace", "ctrl-c"].flatMap(key));
    expect(read("é漢")).toEqual([...key("é"), ...key("漢")]);
  });

  it.each<[Partial<InkKey>, string]>([
    [{ upArrow: true }, "up"],
    [{ pageDown: true }, "pagedown"],
    [{ return: true }, "enter"],
    [{ escape: true, meta: true }, "escape"],
    [{ delete: true }, "backspace"],
    [{ tab: true }, "tab"],
    [{ tab: true, shift: true }, "shift-tab"],
  ])("keys with names: %j is %s", (is, name) => {
    expect(read("", is)).toEqual(key(name));
  });

  it("Ctrl with a letter", () => {
    expect(read("c", { ctrl: true })).toEqual(key("ctrl-c"));
  });

  it("a click, where it was, counted from nought; letting go is none", () => {
    expect(read("[<0;10;5M")).toEqual([{ type: "mouse", button: "left", column: 9, row: 4 }]);
    expect(read("[<0;10;5m")).toEqual([]);
  });

  it("the wheel, with Shift or Ctrl held as well", () => {
    expect(read("[<64;1;1M")).toEqual([{ type: "mouse", button: "wheel-up", column: 0, row: 0 }]);
    expect(read("[<65;1;1M")).toEqual([{ type: "mouse", button: "wheel-down", column: 0, row: 0 }]);
    expect(read("[<85;1;1M")).toEqual([{ type: "mouse", button: "wheel-down", column: 0, row: 0 }]);
  });

  it("nothing: other buttons, motion, Alt, sequences that nobody knows", () => {
    expect(read("[<2;1;1M")).toEqual([]);
    expect(read("[<32;1;1M")).toEqual([]);
    expect(read("x", { meta: true })).toEqual([]);
    expect(read("[200~")).toEqual([]);
    expect(read("[?62;4c")).toEqual([]);
  });
});

import { describe, expect, it, jest } from "@jest/globals";
import { pagerCommand, showInPager } from "../../src/cli/pager.js";

describe("the pager", () => {
  it.each([
    [{}, "less -R"],
    [{ PAGER: "more" }, "more"],
    [{ HINDCAST_PAGER: "less -S", PAGER: "more" }, "less -S"],
    [{ PAGER: "cat" }, undefined],
    [{ HINDCAST_PAGER: "", PAGER: "more" }, undefined],
  ])("for %j is %j", (env, command) => {
    expect(pagerCommand(env)).toBe(command);
  });

  it("gets the text, and is told to show colours unless the user told it otherwise", async () => {
    const notes: string[] = [];
    const check = (least: string) => `test "$LESS" = "${least}" && test "$(cat)" = "the text" || exit 126`;
    const written = jest.spyOn(process.stdout, "write").mockImplementation(() => true);
    const { PATH } = process.env;
    await showInPager("the text", { PATH, PAGER: check("FRX") }, (note) => notes.push(note));
    await showInPager("the text", { PATH, PAGER: check("S"), LESS: "S" }, (note) => notes.push(note));
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
    expect(notes).toEqual([]);
  });

  it("may be left before everything is read", async () => {
    const { PATH } = process.env;
    await showInPager("x".repeat(4_000_000), { PATH, PAGER: "true" }, () => {
      throw new Error("nothing went wrong");
    });
  });

  it("is done without where it cannot be run, with a note", async () => {
    const notes: string[] = [];
    const written: string[] = [];
    const write = jest.spyOn(process.stdout, "write").mockImplementation(((
      text: string,
      done: () => void,
    ) => {
      written.push(text);
      done();
      return true;
    }) as typeof process.stdout.write);
    const { PATH } = process.env;
    await showInPager("the text", { PATH, PAGER: "no-such-pager 2>/dev/null" }, (note) => notes.push(note));
    write.mockRestore();
    expect(written).toEqual(["the text"]);
    expect(notes).toEqual([
      "the pager no-such-pager 2>/dev/null could not be run; set PAGER to one that is here",
    ]);
  });
});

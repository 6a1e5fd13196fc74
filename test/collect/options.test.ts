import { describe, expect, it } from "@jest/globals";
import { wrongName } from "../../src/collect/options.js";

const asked = { interfaces: ["any"], containers: [], strace: [] };

describe("names that a script is made with", () => {
  it("are those of interfaces, containers and processes", () => {
    expect(
      wrongName({
        interfaces: ["eth0", "br-1a2b3c4d5e6f", "eth0.100", "wg_0"],
        containers: ["shop_web-1"],
        strace: ["dockerd", "4711"],
      }),
    ).toBeUndefined();
  });

  it.each(["", "-i", "a b", "eth0;reboot", "$(id)", "`id`", "sixteen-letters-", "../x", "eth0\n"])(
    "an interface is not called %j",
    (name) => {
      expect(wrongName({ ...asked, interfaces: [name] })).toBe(`${name} cannot be the name of an interface`);
    },
  );

  it.each(["--privileged", "a'b", "a b", "*", ""])("a container or process is not called %j", (name) => {
    expect(wrongName({ ...asked, containers: [name] })).toBeDefined();
    expect(wrongName({ ...asked, strace: [name] })).toBeDefined();
  });

  it("any is all interfaces, so nothing stands beside it", () => {
    expect(wrongName({ ...asked, interfaces: ["any", "eth0"] })).toContain("name it alone");
  });
});

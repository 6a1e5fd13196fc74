import { describe, expect, it } from "@jest/globals";
import { readText } from "../../grammars/shipped.js";

const PASTE = `
[root@bld7 ~]# journalctl -u docker | grep -B 4 "not found"
 Sep 20 18:03:12 bld7 docker[2231]: time="2016-09-20T18:03:12.525263649+03:00" level=debug msg="Trying to pull repo.example.net/web/shop from https://repo.example.net v2"
 Sep 20 18:03:17 bld7 docker[2231]: time="2016-09-20T18:03:17.530263649+03:00" level=debug msg="Error getting v2 registry: Get
     https://repo.example.net/v2/: net/http: request canceled while waiting for connection"
 Sep 20 18:03:17 bld7 docker[2231]: time="2016-09-20T18:03:17.530363649+03:00" level=debug msg="Trying to pull repo.example.net/web/shop from https://repo.example.net v1"
[root@bld7 ~]#
`.trim();

describe("log lines pasted with a blank below the command that printed them", () => {
  it("are records of the log, and no continuation of the command", () => {
    const { format, events } = readText(Buffer.from(PASTE));
    expect(format).toBe("journal-short");
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["shell.command", "registry.attempt", "registry.v2_error"]),
    );
  });

  it("are read so where the terminal's own lines prevail", () => {
    const terminal = Array.from({ length: 9 }, (_, i) => `$ docker pull repo.example.net/web/shop:${i}`);
    const { format, events } = readText(Buffer.from([...terminal, ...PASTE.split("\n")].join("\n")));
    expect(format).toBe("terminal");
    expect(events.map(({ action }) => action)).toContain("registry.attempt");
  });
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { advise, inWords } from "../../src/rules/command.js";

const facts = (values: Record<string, string[]>) => (name: string) => values[name] ?? [];

describe("advise", () => {
  const advice =
    "dig @{dns.server.ip|SERVER} {dns.question.name|NAME}; docker inspect -f '{{.State.ExitCode}}' X";

  it("puts the first value of each fact into commands, so that they can be copied", () => {
    const known = facts({
      "dns.server.ip": ["192.0.2.53", "192.0.2.54"],
      "dns.question.name": ["registry.example"],
    });
    expect(advise(advice, known)).toBe(
      "dig @192.0.2.53 registry.example; docker inspect -f '{{.State.ExitCode}}' X",
    );
  });

  it("leaves its own words where nothing is known", () => {
    expect(inWords(advice)).toBe("dig @SERVER NAME; docker inspect -f '{{.State.ExitCode}}' X");
  });

  it.each(["a.example; rm -rf /", "$(reboot)", "`id`", "a b", "-x", "a\nb", "a|b", "a'b", ""])(
    "never lets %p of the evidence into a shell",
    (hostile) => {
      expect(advise(advice, facts({ "dns.question.name": [hostile] }))).toContain("@SERVER NAME;");
    },
  );

  it("puts nothing but single words into a command, whatever the evidence holds", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(advise("ping {x|HOST}", facts({ x: [value] }))).toMatch(
          /^ping [A-Za-z0-9][A-Za-z0-9._:/@%+-]*$/,
        );
      }),
    );
  });
});

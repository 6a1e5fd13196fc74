import { describe, expect, it } from "@jest/globals";
import { fill } from "../../src/rules/template.js";

describe("a text with facts", () => {
  const facts = (known: Record<string, string[]>) => (name: string) => known[name] ?? [];
  const TEMPLATE = "failed at the proxy ({destination.ip|}:{destination.port|}) on the way";

  it("has them in their places", () => {
    expect(fill(TEMPLATE, facts({ "destination.ip": ["192.0.2.7"], "destination.port": ["3128"] }))).toBe(
      "failed at the proxy (192.0.2.7:3128) on the way",
    );
  });

  it("leaves out parentheses that stay empty, a colon between nothing and nothing too", () => {
    expect(fill(TEMPLATE, facts({}))).toBe("failed at the proxy on the way");
    expect(fill("asked ({host.hostname|}) twice", facts({}))).toBe("asked twice");
    expect(fill("Try () and (:x)", facts({}))).toBe("Try and (:x)");
  });
});

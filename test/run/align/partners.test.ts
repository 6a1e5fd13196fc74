import { describe, expect, it } from "@jest/globals";
import type { Clue, ClueKind } from "../../../src/clock/align/clue.js";
import { Partners } from "../../../src/run/align/partners.js";

const kind = (...families: string[]): ClueKind => ({
  families,
  actions: [],
  of: () => undefined,
});
const clue = (key: string): Clue => ({
  key,
  source: 0,
  lo: 0,
  hi: 0,
  record: { source: 0, line: 1, offset: 0, length: 0 },
});

describe("what a source is looked at for", () => {
  it("is what another can tell of, too", () => {
    const [dns, http, log] = [kind("dns.asked"), kind("http"), kind("copied", "log")];
    const partners = new Partners([
      [dns, http],
      [dns, log],
    ]);
    expect(partners.next([dns, http]).kinds).toEqual([dns]);
  });

  it("is not what others could have told of but did not", () => {
    const [written, lines] = [kind("log"), kind("copied", "log")];
    const partners = new Partners([[written], [lines]]);
    partners.next([written]);
    expect(partners.next([lines]).kinds).toEqual([]);
  });

  it("leaves of the last source only those clues that another has given", () => {
    const dns = kind("dns.asked");
    const partners = new Partners([[dns], [dns]]);
    const first = partners.next([dns]);
    expect(first.matters(clue("dns.asked a.test"))).toBe(true);
    partners.note(clue("dns.asked a.test"));
    const last = partners.next([dns]);
    expect(last.matters(clue("dns.asked a.test"))).toBe(true);
    expect(last.matters(clue("dns.asked b.test"))).toBe(false);
  });

  it("takes all clues of a source while more are to come that may know of them", () => {
    const dns = kind("dns.asked");
    const partners = new Partners([[dns], [dns], [dns]]);
    partners.next([dns]);
    expect(partners.next([dns]).matters(clue("dns.asked b.test"))).toBe(true);
  });

  it("is, where nobody else is to come, only what the others told of its subject", () => {
    const [asked, lookups] = [kind("dns.asked"), kind("dns.lookup")];
    const partners = new Partners([[lookups], [asked, lookups]]);
    expect(partners.next([lookups]).kinds).toEqual([lookups]);
    partners.note(clue("dns.lookup.got a.test A"));
    const last = partners.next([asked, lookups]);
    expect(last.kinds).toEqual([lookups]);
    expect(last.mayMatter("dns", "a.test A")).toBe(true);
    expect(last.mayMatter("dns", "b.test A")).toBe(false);
    expect(last.mayMatter("http", "a.test A")).toBe(false);
  });

  it("may be any name while others are to come", () => {
    const dns = kind("dns.asked");
    const partners = new Partners([[dns], [dns]]);
    expect(partners.next([dns]).mayMatter("dns", "a.test A")).toBe(true);
  });

  it("lets those that only answer hear what was told, and say no more than that", () => {
    const written = kind("log", "shown.from");
    const lines: ClueKind = { ...kind("log"), answers: ["shown.from"] };
    const partners = new Partners([[written], [lines], [lines]]);
    const trace = partners.next([written]);
    expect(trace.matters(clue("shown.from 03:52:32.525263"))).toBe(true);
    partners.note(clue("shown.from 03:52:32.525263"));
    const log = partners.next([lines]);
    expect(log.mayMatter("shown", "03:52:32.525263")).toBe(true);
    expect(log.matters(clue("shown.from 03:52:32.525263"))).toBe(true);
    expect(log.mayMatter("shown", "03:52:33.000001")).toBe(false);
    expect(log.matters(clue("log 2026-11-22T03:52:33.000001001Z"))).toBe(true);
  });
});

import { describe, expect, it } from "@jest/globals";
import { documentOf } from "../../src/export/document.js";
import { unixNanos } from "../../src/export/event.js";
import { event, NOON, undated } from "./samples.js";

const of = (given: Parameters<typeof event>[0]) => Object.fromEntries(documentOf(event(given)));

describe("an event as a flat document", () => {
  it("tells its time with nanoseconds, its place and its fields", () => {
    expect(of({})).toEqual({
      "@timestamp": "2026-11-22T03:52:37.526690699Z",
      message: "Error getting v2 registry",
      "event.action": "registry.v2_error",
      "event.category": "network",
      "log.file.path": "web1/journal.txt",
      "log.offset": 587,
      "log.origin.file.line": 5,
      "hindcast.category": "network",
      "hindcast.length": 42,
      "registry.host": "docker.corp.test",
    });
  });

  it("tells until when it can have happened, and what its own clock showed", () => {
    expect(of({ latest: NOON + 1000, stamped: NOON - 3_000_000 })).toMatchObject({
      "hindcast.latest": "2026-11-22T03:52:37.527690000Z",
      "hindcast.stamped": "2026-11-22T03:52:34.526690699Z",
    });
  });

  it("tells what is left of a time without a date, and no time where there is none", () => {
    const floating = of({ time: 13_000_000, latest: 13_000_000, ns: 0, stamp: "hms" });
    expect(floating).toMatchObject({ "hindcast.time_of_day": "00:00:13.000000" });
    expect(floating).not.toHaveProperty(["@timestamp"]);
    expect(Object.keys(Object.fromEntries(documentOf(undated())))).not.toContain("hindcast.elapsed");
  });

  it("tells what a record says, and the whole record where that is more", () => {
    const text = "Nov 22 03:52:37 web1 docker[1]: not found";
    expect(of({ text, fields: { message: "not found" } })).toMatchObject({
      message: "not found",
      "event.original": text,
    });
    expect(of({ text })).not.toHaveProperty(["event.original"]);
  });

  it("leaves the stamp's text out, which the time was made of, and no other field", () => {
    const document = of({ fields: { "@timestamp": "03:52", "@timestamp.kind": "hms", "dns.id": 7 } });
    expect(document["@timestamp"]).toBe("2026-11-22T03:52:37.526690699Z");
    expect(document).not.toHaveProperty(["@timestamp.kind"]);
    expect(document).toHaveProperty(["dns.id"], 7);
  });

  it("has a category of ECS or none", () => {
    expect(of({ category: "container" })).not.toHaveProperty(["event.category"]);
    expect(of({ category: "container" })).toHaveProperty(["hindcast.category"], "container");
  });

  it("names the findings that cite it", () => {
    expect(of({ findingIds: ["a-1", "b-1"] })).toHaveProperty(["hindcast.finding.id"], ["a-1", "b-1"]);
  });
});

describe("nanoseconds since the epoch", () => {
  it("are digits, which a double could not hold", () => {
    expect(unixNanos(NOON, 699)).toBe("1795319557526690699");
    expect(unixNanos(NOON, 7)).toBe("1795319557526690007");
  });

  it("are not known of times without a date", () => {
    expect(unixNanos(13_000_000, 0)).toBeUndefined();
    expect(unixNanos(Number.NaN, 0)).toBeUndefined();
  });
});

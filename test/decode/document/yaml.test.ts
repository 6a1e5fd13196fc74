import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { unknownYaml } from "../../../src/decode/document/unknown-yaml.js";
import { yamlExtent } from "../../../src/grammar/document/yaml-extent.js";
import type { Event } from "../../../src/model/event.js";
import { misplaced, readText } from "../read-text.js";

const event = (i: number, more: object = {}) => ({
  apiVersion: "v1",
  count: i,
  eventTime: null,
  firstTimestamp: "2026-11-22T13:06:06Z",
  involvedObject: { apiVersion: "v1", kind: "Pod", name: `wéb-${i}`, namespace: "shop" },
  kind: "Event",
  lastTimestamp: `2026-11-22T13:10:${10 + i}Z`,
  message: 'Readiness probe failed: Get "http://192.0.2.17:8080/healthz": dial tcp: connection refused: # no',
  metadata: { creationTimestamp: "2026-11-22T13:06:06Z", name: `web-${i}.15a2`, namespace: "shop" },
  reason: "Unhealthy",
  source: { component: "kubelet", host: "node1" },
  type: "Warning",
  ...more,
});
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web-1",
    namespace: "shop",
    ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet" }],
  },
  spec: {
    nodeName: "node1",
    containers: [{ name: "web", command: ["sh", "-c", 'echo "---"\n\n$ no prompt\n'] }],
  },
  status: { phase: "Running", podIP: "192.0.2.7", containerStatuses: [{ name: "web", restartCount: 3 }] },
};
const list = (...items: object[]) => ({
  apiVersion: "v1",
  items,
  kind: "List",
  metadata: { resourceVersion: "" },
});

/** As kubectl writes it: long lines folded, the elements of a list not indented. */
const asKubectl = (value: unknown) =>
  Buffer.from(stringify(value, { indentSeq: false }), "utf8").toString("latin1");
const asOthers = (value: unknown) =>
  Buffer.from(stringify(value, { lineWidth: 0 }), "utf8").toString("latin1");
const asJson = (value: unknown) => Buffer.from(JSON.stringify(value, null, 4), "utf8").toString("latin1");

/** What an event says, without where it stands. */
const said = ({ action, time, fields }: Event) => ({ action, time, fields });
const saidIn = (text: string, size?: number) => readText(text, size).events.map(said);
const records = (text: string) => {
  const { records } = readText(text);
  return records.map(({ line, by }) => [line, by]);
};

describe("an API object in YAML", () => {
  for (const [what, value, count] of [
    ["an event", event(1), 1],
    ["a pod", pod, 2],
    ["a list", list(event(1), pod, event(2)), 4],
  ] as const) {
    it(`tells what it tells in JSON: ${what}`, () => {
      const inJson = saidIn(asJson(value));
      expect(inJson).toHaveLength(count);
      expect(saidIn(asKubectl(value))).toEqual(inJson);
      expect(saidIn(asOthers(value))).toEqual(inJson);
      expect(saidIn(`---\n${asKubectl(value)}...\n`)).toEqual(inJson);
      expect(saidIn(asKubectl(value).replaceAll("\n", "\r\n"))).toEqual(inJson);
    });
  }

  it("stands where it begins; the members around a list belong to its first and its last element", () => {
    const text = asKubectl(list(event(1), event(2), event(3)));
    const { records } = readText(text);
    expect(misplaced(Buffer.from(text, "latin1"), records)).toEqual([]);
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split("\n").length;
    expect(records.map(({ line }) => line)).toEqual([
      1,
      lineOf("- apiVersion: v1\n  count: 2"),
      lineOf("- apiVersion: v1\n  count: 3"),
    ]);
  });

  it("is the same, however the text comes in chunks", () => {
    const text = `$ kubectl get events -o yaml\n${asKubectl(list(event(1), event(2)))}$ kubectl get pod web-1 -o yaml\n${asOthers(pod)}$ date\n`;
    const whole = saidIn(text);
    expect(whole.map(({ action }) => action)).toContain("kubernetes.pod");
    for (const size of [1, 7, 100]) expect(saidIn(text, size)).toEqual(whole);
  });

  it("has times without quotes in what old versions wrote", () => {
    const text = asKubectl(event(1))
      .replace(/"(2026[^"]+)"/g, "$1")
      .replace("lastTimestamp: 2026", "lastTimestamp: 2025");
    const [first] = readText(text).events;
    expect(new Date(first!.time! / 1000).toISOString()).toBe("2025-11-22T13:10:11.000Z");
  });

  it("ends where a line cannot belong to it", () => {
    const line = "error: the server has no such resource";
    expect(records(`${asKubectl(pod)}${line}\n`).at(-1)).toEqual([
      asKubectl(pod).split("\n").length,
      undefined,
    ]);
  });

  it("costs a broken element nothing but itself, and says where it is broken", () => {
    const text = asKubectl(list(event(1), event(2), event(3))).replace(/name: (w\S+b-2)/, 'name: "$1" x');
    expect(records(text).map(([, by]) => by)).toEqual(["kubernetes-events", undefined, "kubernetes-events"]);
    const broken = readText(text).records[1]!;
    const bytes = text.slice(broken.offset, broken.offset + broken.length);
    expect(unknownYaml.unknown!(bytes)).toBe(
      "YAML that is damaged in its line 8, byte 20; the records around it were read",
    );
  });

  it("is one record that nobody understands, when it is of another kind", () => {
    const text = asKubectl({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {},
    });
    expect(records(text)).toEqual([[1, undefined]]);
    expect(unknownYaml.unknown!(text)).toContain("no format knows (Deployment)");
  });

  it("of nothing is understood", () => {
    expect(unknownYaml.unknown!(asKubectl(list()))).toBeUndefined();
  });

  it("has no values but those of JSON: tags make none", () => {
    const text = asKubectl(event(1)).replace("count: 1", "count: !!js/function 'function () {}'");
    const [first] = readText(text).events;
    expect(first!.fields).toMatchObject({ "event.reason": "Unhealthy" });
    expect(first!.fields["event.count"]).toBeUndefined();
  });

  it.each([
    ["stands in itself", "extra: &a [ *a ]"],
    ["nests too deep", `extra: ${"[".repeat(10_000)}`],
  ])("is damaged where a value %s", (_, line) => {
    const text = `${asKubectl(event(1))}${line}\n`;
    expect(records(text)).toEqual([[1, undefined]]);
    expect(unknownYaml.unknown!(text)).toContain("YAML that is damaged");
  });

  it("is not read when it is longer than any such object", () => {
    const text = `${asKubectl(event(1))}extra: ${"x".repeat(300_000)}\n`;
    expect(records(text)).toEqual([[1, undefined]]);
    expect(unknownYaml.unknown!(text)).toContain("YAML of more than 128 KiB, which is not read");
  });

  it("does not grow by its aliases", () => {
    const bomb = Array.from(
      { length: 9 },
      (_, i) => `x${i}: &x${i} [${Array(9).fill(i ? `*x${i - 1}` : "y")}]`,
    );
    const text = `${asKubectl(event(1))}${bomb.join("\n")}\n`;
    expect(records(text)).toEqual([[1, undefined]]);
    expect(unknownYaml.unknown!(text)).toContain("YAML that is damaged");
  });
});

describe("what is no API object", () => {
  it.each([
    ["a file of services", '---\nversion: "3"\nservices:\n  web:\n    image: web:1\n'],
    ["settings with another apiVersion", "apiVersion: 1\ndatasources:\n- name: a\n  type: prometheus\n"],
    ["a chart", "name: web\napiVersion: v2\nversion: 1.0.0\n"],
    ["a ruler in a text", "Title\n---\nkind: words\nitems: many\n"],
    ["front matter", "---\ntitle: Items\nkind: page\n---\ntext\n"],
    ["a diff", "--- a/pod.yaml\n+++ b/pod.yaml\n- apiVersion\n"],
    ["words", "apiVersion: v1 is deprecated\n- apiVersion: of the list\n"],
  ])("%s", (_, text) => {
    for (let at = 0; at < text.length; at = text.indexOf("\n", at) + 1)
      if (!text.startsWith("apiVersion: v2", at))
        expect(yamlExtent(text, at, text.length, true)).toBe("none");
  });
});

describe("the end of a YAML record", () => {
  it("is the same, however much of the text is seen", () => {
    const piece = fc.constantFrom(
      "apiVersion: v1\n",
      "kind: List\n",
      "items:\n",
      "- apiVersion: v1\n",
      "  - apiVersion: v1\n",
      "  name: a\n",
      "    deep: b\n",
      "\n",
      "---\n",
      "...\n",
      "metadata:\n",
      "  resourceVersion: ''\n",
      "$ date\n",
      "status: |\n",
    );
    let records = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        for (let at = 0; at < text.length; at = text.indexOf("\n", at) + 1) {
          const whole = yamlExtent(text, at, text.length, true);
          // Readers see whole lines.
          for (let end = text.indexOf("\n", at); end >= 0; end = text.indexOf("\n", end + 1)) {
            const early = yamlExtent(text.slice(0, end + 1), at, end + 1, false);
            if (early !== undefined) expect(early).toEqual(whole);
          }
          if (whole === "none") continue;
          records++;
          expect(whole!.end).toBeGreaterThanOrEqual(text.indexOf("\n", at));
          expect(whole!.to).toBeLessThanOrEqual(whole!.end);
        }
      }),
      { seed: 4, numRuns: 700 },
    );
    expect(records).toBeGreaterThan(700);
  });
});

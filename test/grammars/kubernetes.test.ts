import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../src/model/event.js";
import { readText } from "../decode/read-text.js";

/** What kubectl 1.32 printed, in several forms, of a pod that runs out of memory and of its node; a stand-in for the API server showed it both. */
const RECORDED = join(import.meta.dirname, "fixtures/kubernetes");

/** The events of a recording, all of whose records these formats read. */
function eventsOf(name: string, ...formats: string[]): Event[] {
  const { events, records } = readText(readFileSync(join(RECORDED, name)));
  const others = records.filter(({ by, text }) => !formats.includes(by ?? "") && !/^[\s[\],{}]*$/.test(text));
  // The rest of a list says nothing: its kind and version.
  expect(
    others
      .filter(({ text }) => !/^\s*("(kind|apiVersion|metadata|items|resourceVersion)"|[\]}])/.test(text))
      .map(({ text }) => text),
  ).toEqual([]);
  return events;
}

/** The named fields of the events of one kind. */
const facts = (events: readonly Event[], action: string, names: readonly string[]) =>
  events.filter((event) => event.action === action).map(({ fields }) => names.map((name) => fields[name]));

const pod = () => eventsOf("describe_pod.txt", "kubectl-describe", "kubectl-events");
const pods = () => eventsOf("pods_o_json.txt", "kubernetes-pods");

describe("one pod, shown by kubectl in several forms", () => {
  it("was killed for want of memory, in words and as an object", () => {
    const names = ["container.action", "container.name", "kubernetes.namespace"];
    expect(facts(pod(), "container.lifecycle", names)).toEqual([["oom", "web", "shop"]]);
    expect(facts(pods(), "container.lifecycle", names)).toEqual([["oom", "web", "shop"]]);
  });

  it("crashes again and again, in its state, as an object, and in the events of both", () => {
    expect(facts(pod(), "kubernetes.crash_loop", ["container.name"])).toEqual([["web"], ["web"]]);
    expect(facts(pods(), "kubernetes.crash_loop", ["container.name"])).toEqual([["web"]]);
    expect(
      facts(eventsOf("events.txt", "kubectl-events"), "kubernetes.crash_loop", ["container.name"]),
    ).toEqual([["web"]]);
  });

  it("says to which container its lines belong", () => {
    const exits = facts(pod(), "kubernetes.container_exit", [
      "container.name",
      "kubernetes.container.when",
      "process.exit_code",
    ]);
    expect(exits).toEqual([
      ["init", "now", 0],
      ["web", "before", 137],
    ]);
  });

  it("has the same events in a table and as objects, which tell their times too", () => {
    const names = ["event.reason", "event.count", "message"];
    const objects = eventsOf("events_o_json.txt", "kubernetes-events");
    const table = eventsOf("events.txt", "kubectl-events");
    const reasons = (events: readonly Event[]) =>
      events.flatMap(({ fields }) => fields["event.reason"] ?? []).sort();
    expect(new Set(reasons(objects))).toEqual(new Set(reasons(table)));
    expect(facts(objects, "kubernetes.event", names)).toEqual([
      ["Scheduled", 1, "Successfully assigned shop/web-6955765f44-wm4vg to node1"],
    ]);
    expect(objects.every(({ time }) => Number.isFinite(time))).toBe(true);
  });

  it("cannot pull an image, because a name server does not answer", () => {
    for (const events of [
      eventsOf("events.txt", "kubectl-events"),
      eventsOf("events_o_json.txt", "kubernetes-events"),
    ])
      expect(facts(events, "dns.error", ["dns.question.name", "dns.server.ip", "error.kind"])).toEqual([
        ["registry-1.docker.io", "192.0.2.53", "timeout"],
      ]);
  });
});

describe("its node", () => {
  it("has the conditions that its object has", () => {
    const names = ["kubernetes.condition", "kubernetes.condition_status", "event.reason"];
    const words = facts(
      eventsOf("describe_node.txt", "kubectl-describe", "kubectl-events"),
      "kubernetes.condition",
      names,
    );
    expect(words).toEqual([
      ["MemoryPressure", "False", "KubeletHasSufficientMemory"],
      ["Ready", "Unknown", "NodeStatusUnknown"],
    ]);
    expect(facts(eventsOf("nodes_o_json.txt", "kubernetes-nodes"), "kubernetes.condition", names)).toEqual(
      words,
    );
  });
});

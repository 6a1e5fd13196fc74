import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { parseIPv4 } from "../../../src/timeline/topology/addresses.js";
import { Containers } from "../../../src/timeline/topology/containers.js";
import { at, T0 } from "../events.js";

const A = "a".repeat(64);
const B = "b".repeat(64);
const inspect = (id: string, name: string, ip: string, started?: string) =>
  at(Number.NaN, "container.address", {
    "container.id": id,
    "container.name": name,
    "container.ip": ip,
    "container.started": started,
  });
const lifecycle = (seconds: number, id: string, action: string) =>
  at(seconds, "container.lifecycle", { "container.id": id, "container.action": action });

function nameAt(events: readonly Event[], ip: string, seconds: number): string | undefined {
  const containers = new Containers();
  for (const event of events) containers.learn(event);
  return containers.at(parseIPv4(ip)!, T0 + seconds * 1e6)?.name;
}

describe("containers by their addresses", () => {
  it("are named by a snapshot that nobody dated", () => {
    expect(nameAt([inspect(A, "web", "10.9.0.5")], "10.9.0.5", 0)).toBe("web");
    expect(nameAt([inspect(A, "web", "10.9.0.5")], "10.9.0.6", 0)).toBeUndefined();
  });

  it("are known by the first digits of their ids too, and by all of them where somebody prints these", () => {
    const containers = new Containers();
    containers.learn(
      at(Number.NaN, "container.address", { "container.id": A, "container.address": "10.9.0.5/24" }),
    );
    containers.learn(
      at(Number.NaN, "container.status", { "container.id": A.slice(0, 12), "container.name": "web" }),
    );
    expect(containers.at(parseIPv4("10.9.0.5")!, T0)).toMatchObject({ name: "web", id: A });
  });

  it("hand their address on: whoever had it then is named", () => {
    const events = [
      inspect(A, "old", "10.9.0.5"),
      inspect(B, "new", "10.9.0.5"),
      lifecycle(100, A, "die"),
      lifecycle(110, B, "start"),
    ];
    expect([50, 105, 120].map((seconds) => nameAt(events, "10.9.0.5", seconds))).toEqual([
      "old",
      undefined,
      "new",
    ]);
  });

  it("are not named where two may have had the address", () => {
    const events = [inspect(A, "one", "10.9.0.5"), inspect(B, "two", "10.9.0.5")];
    expect(nameAt(events, "10.9.0.5", 0)).toBeUndefined();
  });

  it("had their address since their last start, and perhaps another one before", () => {
    const started = new Date((T0 + 100e6) / 1000).toISOString();
    const events = [inspect(A, "web", "10.9.0.5", started)];
    expect([50, 99, 101].map((seconds) => nameAt(events, "10.9.0.5", seconds))).toEqual([
      undefined,
      "web", // within what passes between the first packet and the note of the start
      "web",
    ]);
    const restarted = [inspect(A, "web", "10.9.0.5"), lifecycle(100, A, "die"), lifecycle(101, A, "start")];
    expect([50, 105].map((seconds) => nameAt(restarted, "10.9.0.5", seconds))).toEqual([undefined, "web"]);
  });

  it("are a cluster's pods too, but for those in their node's network", () => {
    const containers = new Containers();
    const pod = (name: string, ip: string, host: string) =>
      at(Number.NaN, "kubernetes.pod", {
        "kubernetes.pod.name": name,
        "kubernetes.namespace": "shop",
        "kubernetes.pod.ip": ip,
        "host.ip": host,
      });
    containers.learn(pod("web-1", "10.244.1.7", "192.0.2.11"));
    containers.learn(pod("proxy-1", "192.0.2.11", "192.0.2.11"));
    expect(containers.at(parseIPv4("10.244.1.7")!, T0)).toMatchObject({ pod: "web-1", namespace: "shop" });
    expect(containers.at(parseIPv4("192.0.2.11")!, T0)).toBeUndefined();
  });
});

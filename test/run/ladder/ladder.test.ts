import { describe, expect, it } from "@jest/globals";
import { judged } from "./evidence.js";
import { capture, DOCKER0, type Fault, type Path } from "./scenes.js";

const PATHS: readonly (readonly [string, Path])[] = [
  ["docker's default bridge", DOCKER0],
  ["a network that a user made", { ...DOCKER0, client: "172.18.0.5", bridge: "br-4f1e2d9a0b3c" }],
  ["a second daemon's bridge", { ...DOCKER0, client: "10.12.10.42", bridge: "ci0", port: "ci-p1" }],
  ["a cluster's bridge", { ...DOCKER0, client: "10.244.1.5", bridge: "cni0", port: "veth0a1b2c3d" }],
  ["routed pods", { ...DOCKER0, client: "10.244.1.5", bridge: undefined, port: "cali0a1b2c3d4e5" }],
];
const FAULTS: readonly (readonly [Fault, string[]])[] = [
  ["passes", []],
  ["stays on the bridge", ["dropped-at-bridge", "lost-nat"]],
  ["dies in forwarding", ["dropped-in-forwarding", "lost-nat"]],
  ["waits for its next hop", ["next-hop-silent"]],
  ["leaves untranslated", ["lost-nat", "masquerade-missing"]],
  ["is not answered", ["upstream-silent"]],
  ["has its answer lost", ["reply-not-delivered"]],
];

describe.each(PATHS)("on %s, a question", (_, path) => {
  const possible =
    path.bridge === undefined ? FAULTS.filter(([fault]) => fault !== "stays on the bridge") : FAULTS;
  it.each(possible)("that %s is told so", async (fault, expected) => {
    const { findings } = await judged({ "any.txt": capture(path, fault) });
    expect(findings.map(({ rule }) => rule).sort()).toEqual(expected);
  });
});

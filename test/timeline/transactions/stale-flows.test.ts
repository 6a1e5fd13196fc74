import { describe, expect, it } from "@jest/globals";
import type { Fields } from "../../../src/model/event.js";
import { assemble, at, of } from "../events.js";

const flow = (to: string, more: Fields = {}) =>
  at(Number.NaN, "conntrack.flow", {
    "network.transport": "udp",
    "source.ip": "198.51.100.9",
    "destination.ip": "192.0.2.5",
    "destination.port": 5514,
    "reply.source.ip": to,
    ...more,
  });
const container = (fields: Fields) => at(Number.NaN, "container.address", fields);
const stale = (...events: Parameters<typeof assemble>[0]) =>
  of("conntrack.stale_flow", assemble(events)).map(({ fields }) => fields["reply.source.ip"]);

describe("flows of UDP to containers", () => {
  it("are stale when they go to an address beside those of containers that none has, in whatever order it is read", () => {
    expect(stale(flow("172.18.0.2"), container({ "container.ip": "172.18.0.3" }))).toEqual(["172.18.0.2"]);
    expect(stale(container({ "container.address": "172.18.0.3/16" }), flow("172.18.0.2"))).toEqual([
      "172.18.0.2",
    ]);
  });

  it("tell whether all containers of the network were listed, or only some inspected", () => {
    const listed = (event: ReturnType<typeof container>) =>
      of("conntrack.stale_flow", assemble([flow("172.18.0.2"), event]))[0]!.fields["network.all_listed"];
    expect(listed(container({ "container.address": "172.18.0.3/16" }))).toBe(true);
    expect(listed(container({ "container.ip": "172.18.0.3" }))).toBe(false);
  });

  it("are fine when a container has the address", () => {
    expect(stale(flow("172.18.0.3"), container({ "container.ip": "172.18.0.3" }))).toEqual([]);
  });

  it("say nothing when no container of that network is listed", () => {
    expect(stale(flow("172.18.0.2"))).toEqual([]);
    expect(stale(flow("172.18.0.2"), container({ "container.ip": "172.19.0.3" }))).toEqual([]);
  });

  it("count only where the destination was rewritten, and for UDP", () => {
    const there = container({ "container.ip": "192.0.2.6" });
    expect(stale(flow("192.0.2.5"), there)).toEqual([]);
    const tcp = flow("172.18.0.2", { "network.transport": "tcp" });
    expect(stale(tcp, container({ "container.ip": "172.18.0.3" }))).toEqual([]);
  });

  it("that were destroyed are gone", () => {
    const gone = flow("172.18.0.2", { "conntrack.event": "DESTROY" });
    expect(stale(gone, container({ "container.ip": "172.18.0.3" }))).toEqual([]);
  });
});

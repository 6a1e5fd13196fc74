import { describe, expect, it } from "@jest/globals";
import { nameDestination } from "../../src/decode/routes.js";
import type { Event } from "../../src/model/event.js";

function named(fields: Record<string, unknown>): unknown {
  const event = { action: "route.entry", fields } as unknown as Event;
  nameDestination(event);
  return event.fields;
}

describe("destinations of routing tables", () => {
  it.each([
    ["10.55.0.0", "255.255.255.0", "10.55.0.0/24"],
    ["0.0.0.0", "0.0.0.0", "default"],
    ["10.8.0.2", "255.255.255.255", "10.8.0.2"],
  ])("%s with mask %s is %s, as ip route writes it", (address, mask, destination) => {
    expect(named({ "destination.subnet": address, "route.netmask": mask })).toEqual({
      "destination.subnet": destination,
    });
  });

  it("leaves alone what has no mask, and masks with holes", () => {
    expect(named({ "destination.subnet": "default" })).toEqual({ "destination.subnet": "default" });
    const holes = { "destination.subnet": "10.0.0.0", "route.netmask": "255.0.255.0" };
    expect(named({ ...holes })).toEqual(holes);
  });
});

import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { assemble, at } from "../events.js";

const heard = (t: number, action: string, more: Event["fields"] = {}): Event =>
  at(t, "container.lifecycle", { "container.id": "b2588491bd6f", "container.action": action, ...more });
/** What is known of the last of these happenings once all of them were heard. */
const last = (...events: Event[]): Event["fields"] => {
  assemble(events);
  return events.at(-1)!.fields;
};

describe("a container's death", () => {
  it("was asked for when a signal was sent to it before", () => {
    expect(last(heard(1, "kill"), heard(2, "die"))["container.stop_asked"]).toBe(true);
  });

  it("was not when the signal is long ago: it may have been one that only says reload", () => {
    expect(last(heard(1, "kill"), heard(100, "die"))["container.stop_asked"]).toBeUndefined();
  });

  it("was not when the signal ended the run before", () => {
    const events = [heard(1, "kill"), heard(2, "die"), heard(3, "start"), heard(4, "die")];
    expect(last(...events)["container.stop_asked"]).toBeUndefined();
  });

  it("was not when another container got the signal", () => {
    const other = heard(1, "kill", { "container.id": "c3588491bd6f" });
    expect(last(other, heard(2, "die"))["container.stop_asked"]).toBeUndefined();
  });

  it("is the kernel's doing when the container was out of memory", () => {
    expect(last(heard(1, "oom"), heard(2, "die"))).toMatchObject({ "container.oom_killed": true });
    expect(last(heard(1, "oom"), heard(2, "die"), heard(3, "die"))["container.oom_killed"]).toBeUndefined();
  });
});

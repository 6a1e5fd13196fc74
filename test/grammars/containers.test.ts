import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../src/model/event.js";
import { readText } from "../decode/read-text.js";

/** What a real docker printed of one host at one time, in all its forms. */
const RECORDED = join(import.meta.dirname, "fixtures/containers");

/** The events of a recording, all of whose records its own format reads. */
function eventsOf(name: string, format: string): Event[] {
  const { events, records } = readText(readFileSync(join(RECORDED, name)));
  const others = records.filter(({ by, text }) => by !== format && !/^[\s[\],{}]*$/.test(text));
  expect(others.map(({ text }) => text)).toEqual([]);
  return events;
}

/** The named fields of the events of one kind. */
const facts = (events: readonly Event[], action: string, names: readonly string[]) =>
  events.filter((event) => event.action === action).map(({ fields }) => names.map((name) => fields[name]));

describe("one host's containers, shown in several forms", () => {
  it("happens the same in docker events as text and as JSON, to the nanosecond", () => {
    const text = eventsOf("events.txt", "docker-events");
    const json = eventsOf("events.jsonl", "docker-events-json");
    const names = [
      "container.action",
      "container.id",
      "container.name",
      "container.image.name",
      "process.exit_code",
    ];
    expect(facts(json, "container.lifecycle", names)).toEqual(facts(text, "container.lifecycle", names));
    const others = ["docker.object", "docker.action", "docker.id", "docker.name", "container.id"];
    expect(facts(json, "docker.lifecycle", others)).toEqual(facts(text, "docker.lifecycle", others));
    const times = (events: readonly Event[]) => events.map(({ time, ns }) => [time, ns]);
    expect(times(json)).toEqual(times(text));
    // Three deaths of the one that was to be restarted twice, one of the other.
    const deaths = facts(text, "container.lifecycle", names).filter(([action]) => action === "die");
    expect(deaths.map(([, , name, , code]) => [name, code])).toEqual([
      ["payments", 3],
      ["payments", 3],
      ["payments", 3],
      ["cart", 137],
    ]);
  });

  it("stands the same in docker ps as table and as JSON", () => {
    const names = ["container.id", "container.name", "container.image.name", "container.status"];
    const table = facts(eventsOf("ps.txt", "docker-ps"), "container.status", names);
    expect(facts(eventsOf("ps.jsonl", "docker-ps-json"), "container.status", names)).toEqual(table);
    expect(table).toHaveLength(6);
  });

  it("is in docker inspect as docker ps says", () => {
    const names = ["container.id", "container.name", "container.image.name"];
    const listed = facts(eventsOf("ps.txt", "docker-ps"), "container.status", names);
    const inspected = eventsOf("inspect.txt", "docker-inspect");
    for (const container of facts(inspected, "container.status", names))
      expect(listed).toContainEqual(container);
    expect(
      facts(inspected, "container.status", [
        "container.name",
        "container.status",
        "process.exit_code",
        "container.restarts",
      ]),
    ).toEqual([
      ["payments", "exited", 3, 2],
      ["cart", "running", undefined, 0],
    ]);
  });

  it("has the networks that docker network ls lists as table and as JSON, and inspect knows", () => {
    const names = ["network.id", "network.name", "network.driver", "network.scope"];
    const table = facts(eventsOf("networks.txt", "docker-networks"), "docker.network", names);
    const inspected = eventsOf("network_inspect.txt", "docker-network-inspect");
    expect(facts(eventsOf("networks.jsonl", "docker-networks-json"), "docker.network", names)).toEqual(table);
    expect(facts(inspected, "docker.network", names)).toEqual(table);
    // What a network says of its containers, and a container of its networks.
    const places = (events: readonly Event[]) =>
      facts(events, "container.address", ["container.name", "network.name", "container.mac"]);
    expect(places(inspected)).toEqual(
      expect.arrayContaining(
        places(eventsOf("inspect.txt", "docker-inspect")).filter(([name]) => name === "cart"),
      ),
    );
  });
});

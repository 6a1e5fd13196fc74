import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { Coverage } from "../../../src/timeline/topology/coverage.js";
import { Transactions } from "../../../src/timeline/transactions/index.js";
import { answer, ask, at, of } from "../events.js";

const [DEAD, OTHER] = ["192.0.2.53", "192.0.2.54"];
let id = 100;
/** A look-up that waits for the first server and is answered by the second. */
const paid = (t: number): Event[] => {
  id++;
  return [
    ask(t, `10.9.0.5:${id}`, DEAD, id, "a.example"),
    ask(t + 5, `10.9.0.5:${id + 5000}`, OTHER, id, "a.example"),
    answer(t + 5.01, OTHER, `10.9.0.5:${id + 5000}`, id),
  ];
};
const fine = (t: number): Event[] => {
  id++;
  return [ask(t, `10.9.0.5:${id}`, DEAD, id, "a.example"), answer(t + 0.01, DEAD, `10.9.0.5:${id}`, id)];
};

/** What is told of first servers; `unheard` exchanges with the server were dropped on the way. */
function told(events: Event[], unheard: readonly (number | string)[] = []) {
  const out: Event[] = [];
  const transactions = new Transactions({ coverage: new Coverage() });
  for (const event of events) transactions.push(event, (made) => out.push(made));
  for (const server of unheard) transactions.passExchange(server);
  transactions.push(at(300, "arp.request", {}), (made) => out.push(made));
  transactions.end((made) => out.push(made));
  return of("dns.first_server", out).map(({ fields }) => fields);
}

describe("a name server that is asked first", () => {
  it("is told with how often it left a client waiting, and how often it answered", () => {
    expect(told([...paid(0), ...paid(20), ...fine(40)])).toMatchObject([
      {
        "dns.lookup.first_server": DEAD,
        "dns.first_server.timeouts": 2,
        "dns.first_server.answered": 1,
        "dns.first_server.timeout_percent": 67,
      },
    ]);
  });

  it("is not told when it always answered, or but for one lost packet", () => {
    expect(told([...fine(0), ...fine(20)])).toEqual([]);
    expect(told([...fine(0), ...paid(20)])).toEqual([]);
  });

  it("has answered exchanges that were dropped on the way, too, by number and by text", () => {
    const number = (192 * 2 ** 24 + 2 * 2 ** 8 + 53) >>> 0;
    const [fields] = told([...paid(0), ...paid(20)], [number, number, DEAD, "2001:db8::53"]);
    expect(fields).toMatchObject({ "dns.first_server.answered": 3, "dns.first_server.timeout_percent": 40 });
  });
});

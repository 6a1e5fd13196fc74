import type { Event } from "../../../model/event.js";
import { partyOf } from "../party.js";
import { type Leg, sameQuestion } from "./leg.js";
import type { LegTable } from "./table.js";
import { COPY_SPAN } from "./timing.js";

/**
 * The leg that a `dns.answer` answers, as far as its id, question and server tell; `undefined` when there is none.
 *
 * @param process the traced process that shows the answer (`processOf`); `undefined` for packets
 */
export function legOfAnswer(event: Event, process: string | undefined, table: LegTable): Leg | undefined {
  const { fields } = event;
  const id = fields["dns.id"];
  // A trace names the server as the descriptor's peer, unless it shows who sent the answer.
  const traced = process !== undefined && fields["source.port"] !== 53;
  const server = partyOf(event, traced ? "destination" : "source");
  const name = fields["dns.question.name"] as string | undefined;
  const type = fields["dns.question.type"] as string | undefined;
  const cut = fields["dns.question.name_cut"] === true;
  let best: Leg | undefined;
  let bestFit = -1;
  for (let leg = table.first(typeof id === "number" ? id : -1); leg !== undefined; leg = leg.next) {
    if (leg.server !== server && leg.server !== undefined && server !== undefined) continue;
    if (!sameQuestion(leg, name, cut, type)) continue;
    if (process !== undefined && leg.process !== undefined && process !== leg.process) continue;
    const fit = process !== undefined ? Number(process === leg.process) * 4 : fitOfAnswer(leg, event);
    if (fit > bestFit) {
      best = leg;
      bestFit = fit;
    }
  }
  return best;
}

/**
 * How well an answer fits a leg whose id, question and server agree: higher is better, -1 not at all. NAT and late
 * answers make several fit; the client's address decides, then its port.
 */
function fitOfAnswer(leg: Leg, event: Event): number {
  const client = partyOf(event, "destination");
  const port = event.fields["destination.port"];
  let fit = 0;
  if (typeof client === "string" && leg.clients.length > 0) {
    if (leg.clients.includes(client)) fit += 2;
  }
  if (typeof port === "number" && leg.port > 0 && leg.port === port) fit += 1;
  return leg.asked > event.latest + COPY_SPAN ? -1 : fit;
}

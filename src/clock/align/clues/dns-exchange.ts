import type { Event } from "../../../model/event.js";
import { type DnsExchange, type DnsLookup, NAME_SHOWN } from "./keys.js";
import { remember } from "./remember.js";

/** So many questions wait for their answers. */
export const MOST_OPEN = 4096;

/** Which exchange a message belongs to; `undefined` when it shows too little to tell it from others. */
export function exchangeOf({ fields }: Event, server: unknown): DnsExchange | undefined {
  const { "dns.id": id, "dns.question.name": name, "dns.question.name_cut": cut } = fields;
  if (typeof id !== "number" || typeof name !== "string" || typeof server !== "string") return undefined;
  return cut === true && name.length < NAME_SHOWN ? undefined : { id, name, server };
}

/** What logs without ids know of it; `undefined` when the message does not show all of that. */
export function lookupOf({ fields }: Event, client: unknown): DnsLookup | undefined {
  const { "dns.question.name": name, "dns.question.type": type, "dns.question.name_cut": cut } = fields;
  return typeof name === "string" && typeof type === "string" && typeof client === "string" && cut !== true
    ? { name, type, client }
    : undefined;
}

/** Open questions by exchange: of each the first one since the last answer. An answer may be to it or to any repetition. */
export class OpenQuestions {
  private readonly open = new Map<string, Event>();

  asked(key: string, question: Event): void {
    if (!this.open.has(key)) remember(this.open, key, question, MOST_OPEN);
  }

  answered(key: string): Event | undefined {
    const question = this.open.get(key);
    this.open.delete(key);
    return question;
  }
}

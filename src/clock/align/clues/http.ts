import type { Event } from "../../../model/event.js";
import type { ClueKind } from "../clue.js";
import { HttpCalls } from "./http-calls.js";
import { HttpPackets } from "./http-packets.js";
import { isLog } from "./is-log.js";
import { isCall, Teller } from "./teller.js";

/** HTTP requests and responses, in captures and in traces of either end. */
export const httpClues: ClueKind = {
  families: ["http.request", "http.answered", "http.response", "http.end", "http.served"],
  actions: ["http.message", "tcp.segment", "tcp.data"],
  of(source, give) {
    if (isLog(source)) return undefined;
    const teller = new Teller(source, give);
    const packets = new HttpPackets(teller);
    const calls = new HttpCalls(teller);
    return {
      take(event: Event) {
        if (isCall(event)) calls.take(event);
        else packets.take(event);
      },
      end: () => packets.end(),
    };
  },
};

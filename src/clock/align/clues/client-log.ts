import type { Event } from "../../../model/event.js";
import type { ClueKind } from "../clue.js";
import { isLog } from "./is-log.js";
import { httpRequest, httpResponse } from "./keys.js";
import { Teller } from "./teller.js";

/** What stands between the scheme and the path of a URL, and what a fragment is. */
const URL = /^https?:\/\/[^/?#]+(\/[^#]*)?/;

/**
 * What the docker daemon says of its requests to a registry (registry/session.go): that it calls one, before it does; with
 * which status it was answered, when the response has come. The latter are requests with GET.
 */
export const clientLog: ClueKind = {
  families: ["http.request", "http.response"],
  actions: ["registry.v1_call", "registry.v2_call", "registry.status"],
  of(source, give) {
    if (!isLog(source)) return undefined;
    const teller = new Teller(source, give);
    return { take: (event) => tellCall(teller, event), end: () => {} };
  },
};

function tellCall(teller: Teller, event: Event): void {
  const {
    "http.request.method": method,
    "url.original": url,
    "http.response.status_code": status,
  } = event.fields;
  const target = typeof url === "string" ? URL.exec(url)?.[1] : undefined;
  if (target === undefined) return;
  if (event.action === "registry.status") {
    if (typeof status === "number")
      teller.before(httpResponse("got", { method: "GET", target }, status), event);
  } else if (typeof method === "string") {
    teller.after(httpRequest("sent", { method, target }), event);
    teller.after(httpRequest("got", { method, target }), event);
  }
}

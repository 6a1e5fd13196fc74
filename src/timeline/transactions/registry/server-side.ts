import type { Event } from "../../../model/event.js";
import { type Emit, number, text } from "../assembled.js";
import { kindOfStatus, placeOf } from "./names.js";
import { cite, newPull, type Pull, pullEvent, tried, v2Failed } from "./pull.js";

const MAX_CLIENTS = 5000;
/** A client that falls back comes over v1 within: µs. */
const FALLBACK_SPAN = 10_000_000;

/** Programs that pull images; anything else that asks for /v1/ or /v2/ is a scanner or another service. */
const REGISTRY_CLIENT = /docker|containerd|containers\/|cri-o|buildkit|skopeo|podman|kaniko|Go-http-client/i;

/** What v1 of the registry's API offers (Docker Registry HTTP API V1); other services have a /v1/ and a /v2/, too. */
const REGISTRY_V1 = /^(?:_ping|repositories|images|users|search)(?:\/|$)/;

interface Client {
  v2: Event | undefined;
  v1: Pull | undefined;
}

/**
 * A fallback as the registry's server sees it: one client asks `/v2/`, is turned away, and comes over `/v1/` within
 * seconds. Also pulls over v1 alone: that is all a server sees when the client's v2 request never arrived.
 */
export class ServerSide {
  private readonly clients = new Map<string, Client>();
  /** Those with a pull over v1. */
  private readonly open = new Set<Client>();
  /** No pull is to be closed before: µs UTC. So pulls close at the same event, whatever else passes between. */
  due = Infinity;

  /** An `http.access`. */
  access(event: Event, emit: Emit): void {
    const url = text(event, "url.original");
    if (url === undefined) return;
    const place = placeOf(url);
    if (place.version === undefined) return;
    const agent = text(event, "user_agent.original");
    if (agent === undefined || agent === "-") {
      if (place.version === "v1" && !REGISTRY_V1.test(place.path)) return;
    } else if (!REGISTRY_CLIENT.test(agent)) return;
    const key =
      event.source + "|" + (text(event, "source.ip") ?? "") + "|" + (text(event, "url.domain") ?? "");
    const client = this.client(key, emit);
    if (client.v1 !== undefined && event.time - client.v1.last > FALLBACK_SPAN) this.close(client, emit);
    if (place.version === "v2") {
      this.close(client, emit);
      client.v2 = event;
    } else if (!place.path.startsWith("search")) {
      v1Request(client, event, place);
      if (client.v1 === undefined) return;
      this.open.add(client);
      const until = client.v1.last + FALLBACK_SPAN;
      if (until < this.due) this.due = until;
    }
  }

  /** Closes what is over at `now`, µs UTC. */
  advance(now: number, emit: Emit): void {
    if (now <= this.due) return;
    this.due = Infinity;
    for (const client of this.open) {
      const until = client.v1!.last + FALLBACK_SPAN;
      if (now > until) this.close(client, emit);
      else if (until < this.due) this.due = until;
    }
  }

  /** Closes everything. */
  end(emit: Emit): void {
    for (const client of this.open) this.close(client, emit);
  }

  private client(key: string, emit: Emit): Client {
    const known = this.clients.get(key);
    if (known !== undefined) return known;
    if (this.clients.size >= MAX_CLIENTS) {
      for (const [oldest, client] of this.clients) {
        this.close(client, emit);
        this.clients.delete(oldest);
        break;
      }
    }
    const client: Client = { v2: undefined, v1: undefined };
    this.clients.set(key, client);
    return client;
  }

  private close(client: Client, emit: Emit): void {
    const pull = client.v1;
    if (pull === undefined) return;
    client.v1 = undefined;
    this.open.delete(client);
    emit(pullEvent(pull, "server"));
  }
}

function v1Request(client: Client, event: Event, place: ReturnType<typeof placeOf>): void {
  const refused = client.v1 === undefined ? refusalBefore(client.v2, event) : undefined;
  if (client.v1 === undefined) {
    // A ping or a log-in alone is no pull, unless v2 was turned away right before.
    if (refused === undefined && place.repository === undefined) return;
    client.v1 = newPull(refused ?? event);
    client.v1.host = text(event, "url.domain");
    if (refused !== undefined) {
      const status = number(refused, "http.response.status_code")!;
      v2Failed(client.v1, refused, kindOfStatus(status), `status code ${status}`);
      cite(client.v1, refused);
    }
  }
  const pull = client.v1;
  pull.repository ??= place.repository;
  pull.operation ??= text(event, "http.request.method") === "PUT" ? "push" : undefined;
  tried(pull, "v1");
  const status = number(event, "http.response.status_code") ?? 0;
  pull.outcome = status >= 400 ? "failed" : "ok";
  pull.kind = kindOfStatus(status);
  cite(pull, event);
}

/** The client's last v2 request, when it failed and `event` follows at once. */
function refusalBefore(v2: Event | undefined, event: Event): Event | undefined {
  if (v2 === undefined || event.time - v2.time > FALLBACK_SPAN) return undefined;
  return kindOfStatus(number(v2, "http.response.status_code") ?? 0) === undefined ? undefined : v2;
}

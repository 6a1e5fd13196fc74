import type { Event } from "../../../model/event.js";
import { type Emit, number, text } from "../assembled.js";
import { kindOfStatus, placeOf, type RegistryPlace } from "./names.js";
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
 * A fallback as the registry's server sees it: one client asks `/v2/`, is turned away or cannot use what it got, and comes over `/v1/`
 * within seconds. Also pulls over v1 alone: that is all a server sees when the client's v2 request never arrived.
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

function v1Request(client: Client, event: Event, place: RegistryPlace): void {
  if (client.v1 === undefined) {
    const before = failedBefore(client.v2, event, place);
    // A ping or a log-in alone is no pull, unless v2 was turned away right before.
    if (before === undefined && place.repository === undefined) return;
    client.v1 = newPull(before ?? event);
    client.v1.host = text(event, "url.domain");
    if (before !== undefined) {
      const status = statusOf(before);
      const kind = kindOfStatus(status);
      const message = `status code ${status}${kind === undefined ? ", and the client went on" : ""}`;
      v2Failed(client.v1, before, kind, message);
      cite(client.v1, before);
    }
  }
  const pull = client.v1;
  pull.repository ??= place.repository;
  pull.operation ??= text(event, "http.request.method") === "PUT" ? "push" : undefined;
  tried(pull, "v1");
  const status = statusOf(event);
  pull.outcome = status >= 400 ? "failed" : "ok";
  pull.kind = kindOfStatus(status);
  cite(pull, event);
}

/**
 * The client's last v2 request, when `event` follows at once and it failed: it was turned away, or was a part of the same image, which no
 * engine that knows v2 asks v1 for unless it could not use what v2 gave.
 */
function failedBefore(v2: Event | undefined, event: Event, place: RegistryPlace): Event | undefined {
  if (v2 === undefined || event.time - v2.time > FALLBACK_SPAN) return undefined;
  if (kindOfStatus(statusOf(v2)) !== undefined) return v2;
  const asked = placeOf(text(v2, "url.original") ?? "");
  const isSame = place.repository !== undefined && asked.repository === place.repository;
  const isPull = /\/(?:manifests|blobs)\//.test(asked.path);
  return isSame && isPull && agentOf(v2) === agentOf(event) ? v2 : undefined;
}

const statusOf = (event: Event) => number(event, "http.response.status_code") ?? 0;
const agentOf = (event: Event) => text(event, "user_agent.original");

import type { Event } from "../model/event.js";
import type { Problem } from "../model/source.js";
import { nameDestination } from "./routes.js";
import { StraceTracker } from "./strace/tracker.js";
import { TraceWitness } from "./strace/witness.js";
import { OF_STRACE } from "./taken-apart.js";
import { toPacketEvent } from "./tcpdump/event.js";
import { HiddenParts } from "./tcpdump/hidden.js";
import { httpMessageOf } from "./tcpdump/http.js";
import type { RowTaker } from "./text/late.js";
import type { UnreadRows } from "./text/unread.js";
import { ZEEK_RECORD } from "./zeek/events.js";
import { ZeekLog } from "./zeek/log.js";

/** Takes the events that grammars gave and hands on what they mean. */
export interface Adapter {
  push(event: Event): void;
  /**
   * Takes the next records, rows [from, to), as long as their texts alone, or what a scanner noted of them, show that their events would
   * change nothing.
   * @param taker takes those that tell of something without being read; absent: all these are read
   * @returns the first that must be read and pushed; `to` when there is none
   */
  passOver(rows: UnreadRows, from: number, to: number, taker?: RowTaker): number;
  end(): void;
  /** What the source does not show because of how it was collected; complete after `end`. */
  problems(): Problem[];
}

export interface AdapterOptions {
  path: string;
  emit: (event: Event) => void;
  /** Hand on system calls too, not only what they mean. */
  raw?: boolean;
  /** Have traces followed by a witness, which tells more and needs every record, and HTTP messages told of in tcpdump's text. */
  witness?: boolean;
}

/** Is this the path of a container's own file, such as `container_resolv.conf` or `overlay2/…/etc/resolv.conf`? */
const OF_CONTAINER = /(^|[/_.-])(containers?|ctr|pods?)([/_.-]|$)|\/merged\/|\/rootfs\//i;

/** Actions that were asked about. */
const plain = new Map<string, boolean>();

/** Do events of this kind pass as they are, where no line before them stamps them? Each event asks. */
function isPlain(action: string): boolean {
  let known = plain.get(action);
  if (known === undefined) plain.set(action, (known = !OF_STRACE.has(action) && !CHANGED.test(action)));
  return known;
}

/** What is followed, taken apart or added to, beside system calls. */
const CHANGED = /^(?:packet\.|zeek\.|resolver\.server$|capture\.marker$|monitor\.timestamp$|route\.entry$)/;

/**
 * What happens to a source's events between grammar and timeline, by kind of event: system calls are followed to name look-ups and
 * connections, packets written as text become packet events, rows of Zeek's logs what they tell of, name servers get their order, a monitor's time stamp
 * lines stamp what follows them. State is per source.
 */
export function adapt({ path, emit, raw, witness }: AdapterOptions): Adapter {
  let strace: StraceTracker | TraceWitness | undefined;
  let zeek: ZeekLog | undefined;
  let hidden: HiddenParts | undefined;
  let order = 0;
  let stampedBy: Event | undefined;

  const push = (event: Event): void => {
    const { action } = event;
    if (!stampedBy && isPlain(action)) emit(event);
    else if (OF_STRACE.has(action)) {
      // A record is shown once: by itself here, and its meaning not again.
      if (raw) {
        emit(event);
        return;
      }
      strace ??= witness ? new TraceWitness(emit) : new StraceTracker(emit);
      strace.push(event);
    } else if (action.startsWith("packet.")) {
      const packet = toPacketEvent(event);
      if (event.fields["packet.payload"] !== undefined) {
        hidden ??= new HiddenParts();
        hidden.note(event, packet);
      }
      const http = witness && packet && httpMessageOf(event.fields, packet);
      if (http) emit(http);
      if (packet) emit(packet);
    } else if (action.startsWith("zeek.")) {
      // The lines of a header tell of nothing.
      if (action !== ZEEK_RECORD) return;
      zeek ??= new ZeekLog(emit);
      zeek.push(event);
    } else if (action === "resolver.server") {
      event.fields["dns.server.order"] = ++order;
      if (OF_CONTAINER.test(path)) event.fields["resolver.container"] = true;
      emit(event);
    } else if (action === "capture.marker") {
      hidden?.stopped(event);
      emit(event);
    } else if (action === "monitor.timestamp") {
      stampedBy = event;
    } else {
      if (action === "route.entry") nameDestination(event);
      if (stampedBy && Number.isNaN(event.time)) {
        event.time = stampedBy.time;
        event.latest = stampedBy.latest;
        event.ns = stampedBy.ns;
        if (stampedBy.stamped !== undefined) event.stamped = stampedBy.stamped;
      }
      emit(event);
    }
  };
  return {
    push,
    passOver: (rows, from, to, taker) =>
      strace instanceof StraceTracker ? strace.passOver(rows, from, to, taker) : from,
    end: () => {
      strace?.end();
      zeek?.end();
    },
    problems: () => hidden?.problems(path) ?? [],
  };
}

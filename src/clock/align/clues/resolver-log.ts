import { typeName } from "../../../decode/dns/registry.js";
import type { Event, FieldValue } from "../../../model/event.js";
import type { ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { isLog } from "./is-log.js";
import { dnsAsked, dnsLookupAnswered, dnsLookupGot } from "./keys.js";
import { remember } from "./remember.js";
import { Teller } from "./teller.js";

/** So many questions may wait for their answers' lines. */
const MOST_OPEN = 4096;

/** Lines of a daemon that come through syslog may bear the stamp of a moment later (µs): dnsmasq's `log-async`, a busy syslog. */
const RELAYED_US = 50_000;

/** Who asked a resolver for what, as its log says it. */
interface Asked {
  name: string;
  type: string;
  client: string;
  port: number | undefined;
}

/**
 * What resolvers say of the questions that they were asked. The order of line and packet is that of the programs' sources:
 *
 * - A question was there before any of them wrote it down.
 * - dnsmasq (src/forward.c, src/rfc1035.c: `log_query` while the answer is made) and unbound, where it answers from its cache
 *   (daemon/worker.c), write the answer down and send it then.
 * - unbound, where it had to ask (services/mesh.c), and CoreDNS (plugin/log) write a line when the answer is sent, with how long it took: the
 *   question was there that much earlier. When the answer passed elsewhere is not known from that.
 * - BIND (lib/ns/query.c) writes questions down when it takes them up.
 */
export const resolverLog: ClueKind = {
  families: ["dns.lookup", "dns.asked"],
  actions: ["resolver.query", "resolver.answer"],
  of(source, give) {
    return isLog(source) ? new ResolverLog(source, new Teller(source, give)) : undefined;
  },
};

class ResolverLog implements ClueTaker {
  /** Questions whose answers were not written down yet: by dnsmasq's number of the query, or else by name. */
  private readonly open = new Map<string, Asked[]>();
  /** Does it write questions down when they come? */
  private notesQuestions = false;

  constructor(
    private readonly source: LookedAt,
    private readonly teller: Teller,
  ) {}

  take(event: Event): void {
    if (event.action === "resolver.query") this.question(event);
    else if (event.fields["resolver.answer_from"] !== undefined || serialOf(event) !== undefined)
      this.dnsmasqAnswer(event);
    else this.answer(event);
  }

  end(): void {
    this.open.clear();
  }

  private question(event: Event): void {
    const asked = askedOf(event);
    if (!asked) return;
    this.notesQuestions = true;
    const serial = serialOf(event);
    const key = serial ?? asked.name;
    const others = serial === undefined ? (this.open.get(key) ?? []) : [];
    // Two that cannot be told apart are as good as many.
    remember(this.open, key, [...others, asked].slice(-2), MOST_OPEN);
    this.teller.before(gotKey(asked), event);
  }

  /** One answer may take several lines: the first counts. */
  private dnsmasqAnswer(event: Event): void {
    const key = serialOf(event) ?? textOf(event.fields["dns.question.name"]);
    const open = key === undefined ? undefined : this.open.get(key);
    if (open?.length !== 1) return;
    this.open.delete(key!);
    const relayed = event.fields["host.hostname"] !== undefined && !this.source.unstamped;
    const from = this.teller.earliest(event) - (relayed ? RELAYED_US : 0);
    this.teller.tell(answeredKey(open[0]!), from, Number.POSITIVE_INFINITY, event);
  }

  private answer(event: Event): void {
    const asked = askedOf(event);
    if (!asked) return;
    const { "resolver.cached": cached, "resolver.seconds": seconds, "event.duration": ns } = event.fields;
    if (cached === true) this.teller.after(answeredKey(asked), event);
    const took = typeof seconds === "number" ? seconds * 1e6 : typeof ns === "number" ? ns / 1000 : undefined;
    // Where questions are written down as well, one line of them is enough.
    if (took === undefined || this.notesQuestions) return;
    const by = this.teller.latest(event) - (this.source.unstamped ? 0 : Math.floor(took));
    this.teller.tell(gotKey(asked), Number.NEGATIVE_INFINITY, by, event);
  }
}

/** The question arrived at the resolver. Where the log prints the asking socket, that tells look-ups of the same name apart. */
const gotKey = ({ port, ...lookup }: Asked) =>
  port === undefined ? dnsLookupGot(lookup) : dnsAsked("got", { ...lookup, port });

const answeredKey = ({ port, ...lookup }: Asked) =>
  port === undefined ? dnsLookupAnswered(lookup) : dnsAsked("answered", { ...lookup, port });

/** dnsmasq's number of a query (`log-queries=extra`), which all lines about it bear. */
function serialOf({ fields }: Event): string | undefined {
  const serial = fields["dns.query_serial"];
  return typeof serial === "number" ? `${fields["process.pid"] ?? ""}#${serial}` : undefined;
}

function askedOf({ fields }: Event): Asked | undefined {
  const name = textOf(fields["dns.question.name"]);
  const type = textOf(fields["dns.question.type"]);
  const client = textOf(fields["source.ip"]) ?? textOf(fields["client.ip"]);
  const port = fields["source.port"];
  if (name === undefined || type === undefined || client === undefined) return undefined;
  return { name, type: nameOfType(type), client, port: typeof port === "number" ? port : undefined };
}

/** dnsmasq prints types that it has no name for as `type=65`. */
const nameOfType = (type: string): string =>
  type.startsWith("type=") ? typeName(Number(type.slice("type=".length))) : type;

const textOf = (value: FieldValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

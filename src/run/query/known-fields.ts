import type { GrammarFile } from "../../grammar/file.js";
import { sources } from "../../grammar/generated-sources.js";
import { fieldsOf, patternsOf } from "../../rules/eql/patterns.js";
import { rules } from "../../rules/generated.js";

/** Fields that code makes and no grammar names: of packets, system calls, transactions, clocks (docs/FIELDS.md). */
const OF_CODE = `
  bridge.addresses bridge.mac.basis bridge.mac.new bridge.mac.old bridge.was_down call.until capture.comment
  capture.dropped_since capture.skipped evidence.gap
  churn.changes churn.failures churn.ratio churn.within clock.contradiction clock.matches
  clock.offset_max_seconds clock.offset_min_seconds clock.reference container.stop_asked dns.answers_count
  dns.lookup.answered dns.lookup.answered_by dns.lookup.first_server dns.lookup.got dns.lookup.parallel
  dns.lookup.servers dns.lookup.timed_out_servers dns.lookup.timeouts dns.outcome dns.parallel
  dns.question.name_cut dns.seen_by dns.sends dns.server.lookalike_of dns.server.order
  dns.stray_answers dns.translated dns.twin_outcome dns.type dns.wait.inferred dns.wait.timeout_ms event.end
  event.original event.start file.mime_type icmp.mtu icmp.name icmp.original.destination.ip
  icmp.original.destination.port icmp.original.source.ip icmp.original.source.port
  icmp.original.transport ip.fragment_offset ip.id log.stream network.all_listed network.direction network.iana_number
  passage.bridge passage.hop passage.hops passage.nat_basis passage.nat_expected passage.next_hop
  passage.outcome passage.source_on_wire passage.translated registry.fallback registry.moved_on
  registry.outcome registry.seen_by registry.versions resolver.container service.name tcp.ack
  tcp.delivered_bytes tcp.direction tcp.flags tcp.larger_than_delivered tcp.outcome tcp.payload_bytes
  tcp.retransmissions tcp.sends tcp.seq tls.alert tls.cipher tls.client.server_name tls.established
  tls.resumed tls.server.issuer tls.server.subject tls.validation tls.version trace.id
  udp.payload_bytes zeek.connection.history zeek.connection.missed_bytes zeek.connection.state
  zeek.connection.uid zeek.notice.msg zeek.notice.note zeek.path zeek.weird.addl zeek.weird.name
`;

/** A dotted name, or what looks like one: it serves to tell slips, so that a few names too many do no harm. */
const NAME = /(?<![\w.@-])[A-Za-z_@][\w@]*(?:\.[A-Za-z0-9_@]+)*/g;

/**
 * The names of all fields that an event of evidence may have: those in grammars, those that rules ask for, and those that code makes.
 *
 * @param own the user's grammars
 */
export function knownFields(own: readonly GrammarFile[]): ReadonlySet<string> {
  const known = new Set<string>(OF_CODE.trim().split(/\s+/));
  for (const { text } of [...own, ...sources]) for (const [name] of text.matchAll(NAME)) known.add(name);
  for (const { queries, unless, cannotTell, groupBy, entities } of rules) {
    for (const { query } of [...queries, ...unless, ...cannotTell])
      for (const { where } of query === undefined ? [] : patternsOf(query))
        for (const name of fieldsOf(where)) known.add(name);
    for (const name of [...groupBy, ...entities]) known.add(name);
  }
  return known;
}

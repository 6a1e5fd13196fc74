import type { Event } from "../../model/event.js";
import { contains, parseSubnet, type Subnet } from "./addresses.js";

/** A rule that rewrites the source of outgoing packets, or that spares packets from those behind it. */
export interface NatRule {
  /** It ends the way of what it covers through its chain, untranslated: `ACCEPT` for all chains, `RETURN` for its own. */
  spares: "ACCEPT" | "RETURN" | undefined;
  /** `undefined`: of the evidence's words none names it. */
  chain: string | undefined;
  source: Subnet | undefined;
  sourceNegated: boolean;
  destination: Subnet | undefined;
  destinationNegated: boolean;
  out: string | undefined;
  outNegated: boolean;
  text: string;
  event: Event;
}

/**
 * Conditions that narrow a rule to packets that cannot be told from outside, in the words of iptables-save, `iptables -L`
 * and nft.
 */
const CONDITIONAL = new RegExp(
  [
    String.raw`(?:^|\s)(?:-m (?!comment\b|addrtype\b)|--mark\b|--sports?\b|--dports?\b|-p (?!all\b|ip\b))`,
    String.raw`\b(?:mark match|owner [UG]ID match|[sd]pts?:|ctstate|match-set)`,
    String.raw`\b(?:meta|ct) (?:mark|state|l4proto|skuid|skgid|cgroup)\b|\b(?:tcp|udp|sctp|dccp|th) [sd]port\b|@`,
  ].join("|"),
);

/**
 * Reads a `nat.rule`, or a `filter.rule` of the nat table; `undefined` when it neither translates sources nor spares them, or does so for
 * some packets that cannot be told apart here (marks, ports, owners): no expectation is built on those.
 */
export function parseNatRule(event: Event): NatRule | undefined {
  const fields = event.fields;
  const target = fields["nat.target"] ?? fields["filter.target"];
  const spares = sparesBy(event);
  if (target !== "MASQUERADE" && target !== "SNAT" && spares === undefined) return undefined;
  const text = typeof fields["rule.text"] === "string" ? fields["rule.text"] : "";
  if (CONDITIONAL.test(text)) return undefined;
  const source = subnetOf(fields["source.subnet"]);
  const destination = subnetOf(fields["destination.subnet"]);
  if (source === null || destination === null) return undefined;
  // A chain of its own is entered under conditions that its rules do not show (KUBE-POSTROUTING goes by marks).
  const chain = fields["nat.chain"] ?? fields["filter.chain"];
  const isOwnChain = chain !== undefined && chain !== "POSTROUTING";
  if (source === undefined && isOwnChain && spares === undefined) return undefined;
  const out = fields["interface.out"];
  return {
    spares,
    chain: typeof chain === "string" ? chain : undefined,
    source,
    sourceNegated: fields["source.subnet_negated"] === true,
    destination,
    destinationNegated:
      fields["destination.subnet_negated"] === true || /(?:^|\s)!\s+(?:-d|--dst|--destination)\s/.test(text),
    out: typeof out === "string" ? out : undefined,
    outNegated: fields["interface.out_negated"] === true,
    text: text || `${String(target)} ${String(fields["source.subnet"] ?? "any")}`,
    event,
  };
}

/** Chains of the nat table that packets pass before it is decided where they leave. */
const EARLIER: ReadonlySet<unknown> = new Set(["PREROUTING", "INPUT", "OUTPUT"]);

/** `ACCEPT` and `RETURN` stand in every table; without a table's name, only those in a chain called POSTROUTING can be meant for sources. */
function sparesBy({ action, fields }: Event): NatRule["spares"] {
  const { "filter.target": target, "filter.chain": chain } = fields;
  if (action !== "filter.rule" || (target !== "ACCEPT" && target !== "RETURN")) return undefined;
  const table = fields["iptables.table"] ?? fields["filter.table"];
  const isMeant = table === "nat" ? !EARLIER.has(chain) : table === undefined && chain === "POSTROUTING";
  return isMeant ? target : undefined;
}

/** Whether a packet that both cover never comes to `rule`, because `other` ends its way before. */
export function isSparedBefore(rule: NatRule, other: NatRule): boolean {
  if (rule.event.source !== other.event.source) return false;
  if (rule.chain === other.chain) return other.event.offset < rule.event.offset;
  // Where in POSTROUTING the other chain is entered is not looked up: silence is the safer side.
  return other.spares === "ACCEPT" || other.chain === "POSTROUTING";
}

/** `iptables -L` shows any address as one with no bits of its own. */
function subnetOf(value: unknown): Subnet | undefined | null {
  if (value === undefined || value === "0.0.0.0/0" || value === "anywhere") return undefined;
  return (typeof value === "string" ? parseSubnet(value) : undefined) ?? null;
}

/** Whether two dumps show the same rule: its words alone may be no more than counters. */
export function isSameRule(a: NatRule, b: NatRule): boolean {
  return (
    a.text === b.text &&
    a.spares === b.spares &&
    a.chain === b.chain &&
    (a.spares === undefined || a.event.source === b.event.source) &&
    a.source?.base === b.source?.base &&
    a.source?.bits === b.source?.bits &&
    a.destination?.base === b.destination?.base &&
    a.out === b.out &&
    a.outNegated === b.outNegated
  );
}

/**
 * Whether the rule translates a packet from `source` to `destination` that came in by `bridge` and leaves by an uplink.
 * A rule without any source says nothing of containers in particular: it covers them too.
 */
export function ruleCovers(
  rule: NatRule,
  source: number,
  destination: number,
  bridge: string | undefined,
): boolean {
  if (rule.source !== undefined && contains(rule.source, source) === rule.sourceNegated) return false;
  if (rule.destination !== undefined && contains(rule.destination, destination) === rule.destinationNegated)
    return false;
  // Docker's `! -o BRIDGE` and a rule for the uplink alike hold for what leaves; `-o BRIDGE` does not.
  return rule.outNegated || rule.out === undefined || rule.out !== bridge;
}

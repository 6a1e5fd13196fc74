import type { Event } from "../../model/event.js";
import { contains, parseSubnet, type Subnet } from "./addresses.js";

/** A rule that rewrites the source of outgoing packets. */
export interface NatRule {
  source: Subnet | undefined;
  sourceNegated: boolean;
  destination: Subnet | undefined;
  destinationNegated: boolean;
  out: string | undefined;
  outNegated: boolean;
  text: string;
  event: Event;
}

/** Conditions that narrow a rule to packets that cannot be told from outside. */
const CONDITIONAL =
  /(?:^|\s)(?:-m (?!comment\b|addrtype\b)|--mark\b|--sports?\b|--dports?\b|-p (?!all\b|ip\b))/;

/**
 * Reads a `nat.rule` event; `undefined` when it does not translate sources, or only some packets that cannot be told apart here
 * (marks, ports, owners): no expectation is built on those.
 */
export function parseNatRule(event: Event): NatRule | undefined {
  const fields = event.fields;
  const target = fields["nat.target"];
  if (target !== "MASQUERADE" && target !== "SNAT") return undefined;
  const text = typeof fields["rule.text"] === "string" ? fields["rule.text"] : "";
  if (CONDITIONAL.test(text)) return undefined;
  const source = subnetOf(fields["source.subnet"]);
  const destination = subnetOf(fields["destination.subnet"]);
  if (source === null || destination === null) return undefined;
  // A chain of its own is entered under conditions that its rules do not show (KUBE-POSTROUTING goes by marks).
  if (source === undefined && fields["nat.chain"] !== undefined && fields["nat.chain"] !== "POSTROUTING")
    return undefined;
  const out = fields["interface.out"];
  return {
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

function subnetOf(value: unknown): Subnet | undefined | null {
  if (value === undefined) return undefined;
  return (typeof value === "string" ? parseSubnet(value) : undefined) ?? null;
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

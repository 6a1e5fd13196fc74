import type { Event } from "../../model/event.js";
import { parseSubnet } from "./addresses.js";
import { isSameRule, isSparedBefore, type NatRule, parseNatRule, ruleCovers } from "./nat-rule.js";

const MAX_RULES = 5_000;
/** The chains in which kube-proxy lists the addresses of services (pkg/proxy/iptables/proxier.go). */
const SERVICE_CHAINS: ReadonlySet<unknown> = new Set(["KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES"]);

/**
 * What a host's firewall says of the sources of packets that leave, and of addresses that stand for others. Rules are only added: one that
 * a later dump does not show any more is the one that was lost.
 */
export class NatRules {
  private readonly rules: NatRule[] = [];
  private readonly services = new Set<number>();

  /** Takes in a `nat.rule`, `filter.rule` or `kubernetes.service`. */
  learn(event: Event): void {
    const { fields } = event;
    if (event.action === "kubernetes.service") this.addService(fields["kubernetes.service.ip"]);
    if (SERVICE_CHAINS.has(fields["filter.chain"]) && fields["destination.subnet_negated"] !== true)
      this.addService(fields["destination.subnet"]);
    if (this.rules.length >= MAX_RULES) return;
    const rule = parseNatRule(event);
    if (rule !== undefined && !this.rules.some((known) => isSameRule(known, rule))) this.rules.push(rule);
  }

  /** The first rule that translates packets from `source` to `destination`, which came in by `bridge`, and that no other spares them. */
  translating(source: number, destination: number, bridge: string | undefined): NatRule | undefined {
    const covering = this.rules.filter((rule) => ruleCovers(rule, source, destination, bridge));
    const spared = covering.filter((rule) => rule.spares !== undefined);
    return covering.find(
      (rule) => rule.spares === undefined && !spared.some((other) => isSparedBefore(rule, other)),
    );
  }

  /** Whether the address is a cluster's service: packets to it are rewritten to another destination before they leave. */
  isService(address: number): boolean {
    return this.services.has(address);
  }

  private addService(written: unknown): void {
    const subnet = typeof written === "string" ? parseSubnet(written) : undefined;
    if (subnet?.bits === 32 && this.services.size < MAX_RULES) this.services.add(subnet.base);
  }
}

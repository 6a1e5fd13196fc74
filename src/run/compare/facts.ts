import type { Event, Fields, FieldValue } from "../../model/event.js";

/** One thing that evidence says about the host and its network: `MAC of interface` `br-ci` is `02:42:…`. */
export interface Fact {
  /** What is told: facts of one kind can be compared. */
  what: string;
  /** Of which thing; empty for what a host has one list of. */
  subject: string;
  values: readonly string[];
}

/** How an event becomes a fact. `undefined` or no values: it tells none. */
type Reader = (fields: Fields) => Fact[];

const text = (value: FieldValue | undefined): string => (value === undefined ? "" : String(value));
const listOf = (value: FieldValue | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];

/** Settings of the kernel that decide on packets; counters and sizes among them tell nothing. */
const SETTING =
  /(?:^|\.)(?:ip_forward|forwarding|rp_filter|bridge-nf-call-\w+|proxy_arp|nf_conntrack_max|arp_ignore|accept_local)$/;
const ONE_PER_PORT = /^net\.ipv[46]\.(?:conf|neigh)\.(?:veth|cali|lxc|tap)/;

const one = (what: string, subject: string, value: string): Fact[] =>
  value === "" ? [] : [{ what, subject, values: [value] }];

/** A route as `ip route` would write what follows its destination. */
function way(fields: Fields): string {
  const [gateway, device, type] = [
    fields["route.gateway"],
    fields["interface.out"],
    fields["route.type"],
  ].map(text);
  return [type, gateway && `via ${gateway}`, device && `dev ${device}`].filter(Boolean).join(" ");
}

/** Rules as they are listed, without the counters that some listings put in front or behind. */
const ruleText = (fields: Fields): string =>
  text(fields["rule.text"])
    .replace(/^\[\d+:\d+\]\s*|\bcounter packets \d+ bytes \d+\s*/g, "")
    .replace(/\s*# handle \d+$/, "")
    .trim();

/** Addresses that an interface makes of its own MAC tell nothing that the MAC does not. */
const isTelling = (address: string): boolean => !address.toLowerCase().startsWith("fe80:");

const READERS: Readonly<Record<string, Reader>> = {
  "resolver.server": (fields) => one("name server", "", text(fields["dns.server.ip"])),
  "route.entry": (fields) =>
    fields["route.deleted"] === true || text(fields["destination.subnet"]) === ""
      ? []
      : one("route", text(fields["destination.subnet"]), way(fields)),
  "nat.rule": (fields) =>
    one(
      "NAT rule",
      "",
      ruleText(fields) || [fields["nat.target"], fields["source.subnet"]].map(text).join(" "),
    ),
  "filter.rule": (fields) => one("filter rule", "", ruleText(fields)),
  "filter.policy": (fields) =>
    one("policy of chain", text(fields["filter.chain"]), text(fields["filter.policy"])),
  "link.state": (fields) => {
    const name = text(fields["interface.name"]);
    if (name === "" || fields["interface.deleted"] === true) return [];
    return [
      ...one("MAC of interface", name, text(fields["interface.mac"])),
      ...one("MTU of interface", name, text(fields["interface.mtu"])),
      {
        what: "address of interface",
        subject: name,
        values: listOf(fields["interface.addresses"]).filter(isTelling),
      },
    ];
  },
  "arp.reply": (fields) =>
    one("MAC behind address", text(fields["arp.sender.ip"]), text(fields["arp.sender.mac"])),
  "sysctl.setting": (fields) => {
    const name = text(fields["sysctl.name"]).replaceAll("/", ".");
    return SETTING.test(name) && !ONE_PER_PORT.test(name)
      ? one("kernel setting", name, text(fields["sysctl.value"]))
      : [];
  },
};

/** Whether events of this kind are compared as facts. */
export const tellsFacts = (action: string): boolean => Object.hasOwn(READERS, action);

/** What an event says of the host's network; nothing for most. */
export const factsOf = ({ action, fields }: Event): Fact[] =>
  tellsFacts(action) ? READERS[action]!(fields).filter(({ values }) => values.length > 0) : [];

import { INITIAL_TTL, LINK_US } from "../../clock/align/clues/sender.js";
import { subjectOf } from "../../clock/align/families.js";
import type { PassOver } from "../../decode/packet/reader.js";
import { PacketSigns, SIGN, signOfName, signOfOpener } from "../../decode/packet/signs.js";
import type { Partners } from "./partners.js";
import type { Preview } from "./preview.js";

/** What others than captures can know of packets. */
export interface Asked {
  /** Subjects of which sources tell that are looked at after the captures: all of these is decoded. */
  readonly later: ReadonlySet<string>;
  /** Signs of the DNS names that were told; `undefined`: all. */
  readonly names: ReadonlySet<number> | undefined;
  /** Signs of openers, and ports of servers, that were told; `undefined`: all. */
  readonly openers: ReadonlySet<number> | undefined;
  readonly ports: ReadonlySet<number>;
}

/** What sources that are no captures have told, and will tell. @param later families of those that are looked at behind the captures */
export function askedBy(partners: Partners, later: Iterable<string>): Asked {
  const subjects = new Set([...later].map(subjectOf));
  // Requests are told by their lines, which only decoding shows.
  if (partners.keysOf("http")?.size !== 0) subjects.add("http");
  const names = partners.keysOf("dns");
  const handshakes = partners.keysOf("tcp");
  const openers = new Set<number>();
  const ports = new Set<number>();
  for (const key of handshakes ?? []) {
    const [kind, first, second] = key.split(" ");
    if (kind === "tcp.served") openers.add(signOfOpener(Number(first)));
    else ports.add(Number(second));
  }
  return { later: subjects, names: names && signsOfNames(names), openers: handshakes && openers, ports };
}

/** A name stands behind the kind, or behind an id. */
function signsOfNames(keys: ReadonlySet<string>): Set<number> {
  const signs = new Set<number>();
  for (const key of keys)
    for (const word of key.split(" ", 3).slice(1)) {
      const sign = signOfName(word);
      if (sign !== undefined) signs.add(sign);
    }
  return signs;
}

/**
 * Passes over the packets of a capture that can tell of nothing that another source knows. What it lets pass may still be of no use: clues are
 * compared by their keys.
 *
 * @param subjects what the capture is looked at for: `dns`, `tcp`, `http`
 */
export function sieveOf(
  source: number,
  subjects: ReadonlySet<string>,
  preview: Preview,
  asked: Asked,
): PassOver {
  const signs = new PacketSigns();
  const { first, last, oddHttp, heads } = preview.of(source);
  let isBegun = false;
  // The ends of what a capture covers are told by its clues, shared or not. Where it is known of a message that it was just sent, that was
  // a little earlier: of those that follow none reaches further back.
  const isEnd = (time: number, ttl?: number) => {
    if (!isBegun && time <= first + LINK_US) {
      isBegun = INITIAL_TTL.has(ttl);
      return true;
    }
    return time <= first || time >= last;
  };
  /** Ids and ports of questions that were decoded: one on the same socket takes their place. */
  const questions = new Set<number>();
  const isAsked = (isQuestion: boolean, time: number) => {
    const isOfUse =
      asked.later.has("dns") ||
      asked.names?.has(signs.name) !== false ||
      preview.isShared(signs.first) ||
      preview.isShared(signs.second) ||
      isEnd(time, signs.ttl) ||
      (isQuestion && questions.has(signs.socket));
    if (isOfUse && isQuestion) questions.add(signs.socket);
    return isOfUse;
  };
  const isOpeningAsked = (time: number) =>
    asked.later.has("tcp") ||
    asked.openers?.has(signs.first) !== false ||
    asked.ports.has(signs.port) ||
    preview.isShared(signs.first) ||
    isEnd(time);
  const isHttpWhole = asked.later.has("http") || oddHttp;
  /** Connections that are followed: one message of which may be shared is enough, since each depends on those before. */
  const connections = new Set<number>();
  for (let i = 0; i < heads.length; i += 2) if (preview.isShared(heads[i + 1]!)) connections.add(heads[i]!);
  const isHeadAsked = (time: number) => {
    if (isHttpWhole || isEnd(time)) connections.add(signs.connection);
    return connections.has(signs.connection);
  };
  return (bytes, from, to, linkType, time) => {
    switch (signs.of(bytes, from, to, linkType)) {
      case SIGN.UNKNOWN:
        return false;
      case SIGN.QUESTION:
        return !(subjects.has("dns") && isAsked(true, time));
      case SIGN.ANSWER:
        return !(subjects.has("dns") && isAsked(false, time));
      case SIGN.OPENING:
        return !(subjects.has("tcp") && isOpeningAsked(time));
      case SIGN.HEAD:
        return !(subjects.has("http") && isHeadAsked(time));
      case SIGN.REST:
        return !(subjects.has("http") && (oddHttp || connections.has(signs.connection)));
      default:
        return true;
    }
  };
}

import type { Event, Fields } from "../../model/event.js";
import { answerFields, queryFields, type Said } from "../packet/dns.js";
import type { Seen } from "../packet/frame.js";

const text = (fields: Fields, name: string) => fields[name] as string | undefined;
const number = (fields: Fields, name: string) => fields[name] as number | undefined;
const list = (fields: Fields, name: string) => (fields[name] as readonly string[] | undefined) ?? [];

/**
 * The question and the answer that one row of `dns.log` tells of, as the packets would have given them. The row has the
 * question's time, and how long after it the answer was seen; where no question was seen it has the answer's.
 */
export function exchangeOf(event: Event): Event[] {
  const { fields } = event;
  const isAnswered = fields["dns.response_code"] !== undefined;
  const took = number(fields, "event.duration");
  const messages: Event[] = [];
  if (!isAnswered || took !== undefined) messages.push(questionOf(event));
  if (isAnswered) messages.push(answerOf(event, took ?? 0));
  return messages;
}

function questionOf(event: Event): Event {
  const { fields } = event;
  const flags = list(fields, "dns.header_flags").filter((flag) => flag === "RD");
  const said: Said = {
    ...saidOf(fields),
    response: false,
    responseCode: undefined,
    flags,
    answersCount: undefined,
    addresses: [],
  };
  const seen = seenOf(fields, "source.ip", "destination.ip");
  const [source, destination] = [number(fields, "source.port"), number(fields, "destination.port")];
  return {
    ...event,
    action: "dns.query",
    fields: queryFields(seen, transportOf(fields), source, destination, said),
  };
}

/** @param took ns */
function answerOf(event: Event, took: number): Event {
  const { fields } = event;
  const said: Said = {
    ...saidOf(fields),
    response: true,
    responseCode: text(fields, "dns.response_code"),
    flags: list(fields, "dns.header_flags"),
    answersCount: number(fields, "dns.answers_count"),
    addresses: [...list(fields, "dns.resolved_ip")],
  };
  const seen = seenOf(fields, "destination.ip", "source.ip");
  const [source, destination] = [number(fields, "destination.port"), number(fields, "source.port")];
  const ns = event.ns + (took % 1000);
  const us = Math.floor(took / 1000) + Math.floor(ns / 1000);
  return {
    ...event,
    time: event.time + us,
    latest: event.latest + us,
    ns: ns % 1000,
    action: "dns.answer",
    fields: answerFields(seen, transportOf(fields), source, destination, said),
  };
}

const transportOf = (fields: Fields): string => text(fields, "network.transport") ?? "udp";

function saidOf(fields: Fields): Pick<Said, "id" | "question" | "nameCut"> {
  const name = text(fields, "dns.question.name");
  const type = text(fields, "dns.question.type");
  return {
    id: number(fields, "dns.id")!,
    question: name === undefined ? undefined : { name, type },
    nameCut: false,
  };
}

function seenOf(fields: Fields, from: string, to: string): Seen {
  return {
    networkType: text(fields, "network.type") ?? "ipv4",
    sourceMac: undefined,
    destinationMac: undefined,
    interfaceName: undefined,
    interfaceId: undefined,
    direction: undefined,
    sourceIp: text(fields, from),
    destinationIp: text(fields, to),
    ipBytes: undefined,
    ttl: undefined,
    ipId: undefined,
  };
}

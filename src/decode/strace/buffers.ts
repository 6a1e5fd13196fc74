import { type Endpoint, readSockaddr } from "./address.js";
import { type Field, field, itemsOf, numberOf, type Value } from "./values.js";

/** Bytes that a call sent or received, with the other end when the call names it. */
export interface Buffer {
  bytes: Uint8Array;
  /** `bytes` is all of it. */
  complete: boolean;
  /** How many bytes went over the socket; NaN when unknown. */
  length: number;
  peer: Endpoint | undefined;
}

const NONE = new Uint8Array(0);

/** A text argument as a buffer of `length` bytes; an address (`-e raw`) gives a buffer whose bytes are unknown. */
export function bufferOf(value: Value | undefined, length: number, peer: Endpoint | undefined): Buffer {
  if (value?.kind !== "text") return { bytes: NONE, complete: false, length, peer };
  // A receive buffer may be printed to its end when the call says how much of it counts.
  const bytes = value.bytes.length > length ? value.bytes.subarray(0, length) : value.bytes;
  return { bytes, complete: !value.cut && !(bytes.length < length), length, peer };
}

/** The data of a `struct msghdr`, its pieces joined. */
export function messageOf(header: Value | undefined, length: number): Buffer {
  const peer = readSockaddr(field(header, "msg_name"));
  return { ...vectorOf(field(header, "msg_iov"), length), peer };
}

/** The data of a `struct iovec[]`. */
export function vectorOf(value: Value | undefined, length: number): Buffer {
  const texts: Extract<Value, { kind: "text" }>[] = [];
  let complete = true;
  for (const { value: entry } of itemsOf(value)) {
    if (entry.kind !== "struct") {
      complete = false;
      break;
    }
    const text = (entry.fields.find(({ name }) => name === "iov_base") ?? entry.fields[0])?.value;
    if (text?.kind !== "text") {
      complete = false;
      break;
    }
    texts.push(text);
    if (text.cut) {
      complete = false;
      break;
    }
  }
  const all = texts.length === 1 ? texts[0]!.bytes : join(texts.map((text) => text.bytes));
  const bytes = all.length > length ? all.subarray(0, length) : all;
  return { bytes, complete: complete && !(bytes.length < length), length, peer: undefined };
}

/** The messages of sendmmsg and recvmmsg, at most `count` of them, in the form of any strace. */
export function messagesOf(vector: Value | undefined, count: number): Buffer[] {
  const buffers: Buffer[] = [];
  // Before strace 4.1x the vector was printed in braces, too.
  for (const { value } of vector?.kind === "struct" ? vector.fields : itemsOf(vector)) {
    if (buffers.length >= count) break;
    if (value.kind !== "struct") continue;
    const header = headerOf(value.fields);
    const length = numberOf(field(value, "msg_len")) ?? numberOf(value.fields[1]?.value);
    buffers.push(messageOf(header, length ?? Number.NaN));
  }
  return buffers;
}

function headerOf(fields: readonly Field[]): Value | undefined {
  return (fields.find(({ name }) => name === "msg_hdr") ?? fields[0])?.value;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 0) return NONE;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

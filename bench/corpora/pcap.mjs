import { Block } from "./block.mjs";
import { ACK, dnsName, FIN, PSH, SYN, tcp, udp } from "./frames.mjs";
import { generator } from "./random.mjs";
import { id16, PCAP } from "./stamps.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 8e6;
/** Where a DNS message begins in a frame: behind Ethernet, IPv4 and UDP. */
const MESSAGE = 42;
/** One exchange in so many is a TCP connection; one look-up in so many is unanswered by the first server. */
const CONNECTION = 12;
const LOST = 4000;

function fileHeader() {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

function record(made, us, frame, id) {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(frame.length, 0);
  lengths.writeUInt32LE(frame.length, 4);
  made.place(PCAP, us).add(lengths);
  if (id === undefined) made.add(frame);
  else
    made
      .add(frame.subarray(0, MESSAGE))
      .place(id16(id), us)
      .add(frame.subarray(MESSAGE + 2));
  made.end();
}

/** A DNS message; its id is written by the block. */
function message(flags, question, answer) {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(flags, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answer ? 1 : 0, 6);
  return Buffer.concat([head, question, answer ?? Buffer.alloc(0)]);
}

/** The frames of one look-up: µs after its beginning, frame, id. */
function lookUp(next, lost) {
  const id = next(65536);
  const host = `10.0.${next(4)}.${2 + next(250)}`;
  const client = [host, 20000 + next(40000)];
  const question = Buffer.concat([dnsName(`svc-${next(3000)}.prod.example.net`), Buffer.from([0, 1, 0, 1])]);
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, next(250)]);
  const first = ["192.0.2.53", 53];
  const query = message(0x0100, question);
  const response = message(0x8180, question, answer);
  const asked = [0, udp(client, first, query), id];
  if (!lost) return [asked, [30 + next(300), udp(first, client, response), id]];
  const second = ["192.0.2.54", 53];
  const again = [host, client[1] + 1];
  return [asked, [5_004_000, udp(again, second, query), id], [5_004_400, udp(second, again, response), id]];
}

/** The frames of one small HTTP exchange. */
function connection(next) {
  const client = [`10.0.${next(4)}.${2 + next(250)}`, 20000 + next(40000)];
  const server = [`203.0.113.${1 + next(250)}`, 80];
  const [us, them] = [next(1e9), next(1e9)];
  const request = Buffer.from(
    `GET /v2/team/app-${next(90)}/manifests/1.${next(40)} HTTP/1.1\r\nHost: registry.example.net\r\n\r\n`,
  );
  const response = Buffer.alloc(200 + next(300), "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n");
  const asked = us + 1 + request.length;
  const told = them + 1 + response.length;
  const step = 20 + next(200);
  return [
    tcp(client, server, SYN, us, 0),
    tcp(server, client, SYN | ACK, them, us + 1),
    tcp(client, server, ACK, us + 1, them + 1),
    tcp(client, server, PSH | ACK, us + 1, them + 1, request),
    tcp(server, client, ACK, them + 1, asked),
    tcp(server, client, PSH | ACK, them + 1, asked, response),
    tcp(client, server, ACK, asked, told),
    tcp(client, server, FIN | ACK, asked, told),
    tcp(server, client, FIN | ACK, told, asked + 1),
    tcp(client, server, ACK, asked + 1, told + 1),
  ].map((frame, at) => [at * step, frame]);
}

function block(bytes, seed) {
  const next = generator(3 + seed);
  const frames = [];
  let size = 0;
  let us = 0;
  for (let n = 1; size < bytes; n++) {
    const exchange = n % CONNECTION === 0 ? connection(next) : lookUp(next, n % LOST === LOST / 8);
    for (const [after, frame, id] of exchange) {
      frames.push({ us: us + after, frame, id });
      size += 16 + frame.length;
    }
    us += 40 + next(260);
  }
  const made = new Block();
  for (const { us: at, frame, id } of frames.sort((a, b) => a.us - b.us)) record(made, at, frame, id);
  return made;
}

/**
 * The traffic of one network (Ethernet, µs): two packets of three are DNS questions and answers, the others small HTTP exchanges.
 * @param options `from`: µs UTC; `seed`: another one gives other packets
 */
export function pcap(file, bytes, { from, seed = 0 } = {}) {
  const made = block(Math.min(BLOCK_BYTES, bytes / 2), seed);
  return writeBlocks(file, bytes, () => made, { head: fileHeader(), from });
}

// Ethernet frames, IPv4. UDP checksums are zero (none); TCP's are left to the network card, as captures on the sender show them.

const ip = (text) => Buffer.from(text.split(".").map(Number));

function ipv4(protocol, from, to, body) {
  const head = Buffer.alloc(34);
  head.write("02420a000001024200000002", 0, "hex");
  head.writeUInt16BE(0x0800, 12);
  head[14] = 0x45;
  head.writeUInt16BE(20 + body.length, 16);
  head[22] = 64;
  head[23] = protocol;
  ip(from).copy(head, 26);
  ip(to).copy(head, 30);
  let sum = 0;
  for (let at = 14; at < 34; at += 2) sum += head.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  head.writeUInt16BE(~sum & 0xffff, 24);
  return Buffer.concat([head, body]);
}

/** Endpoints are `[address, port]`. */
export function udp([from, fromPort], [to, toPort], payload) {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(fromPort, 0);
  head.writeUInt16BE(toPort, 2);
  head.writeUInt16BE(8 + payload.length, 4);
  return ipv4(17, from, to, Buffer.concat([head, payload]));
}

export const FIN = 1;
export const SYN = 2;
export const PSH = 8;
export const ACK = 16;

/** A segment. Those that open a connection say their MSS. */
export function tcp([from, fromPort], [to, toPort], flags, seq, ack, payload = Buffer.alloc(0)) {
  const options = flags & SYN ? Buffer.from([2, 4, 5, 180]) : Buffer.alloc(0);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(fromPort, 0);
  head.writeUInt16BE(toPort, 2);
  head.writeUInt32BE(seq, 4);
  head.writeUInt32BE(ack, 8);
  head[12] = ((20 + options.length) / 4) << 4;
  head[13] = flags;
  head.writeUInt16BE(64240, 14);
  return ipv4(6, from, to, Buffer.concat([head, options, payload]));
}

/** A host name as DNS messages have it. */
export const dnsName = (name) =>
  Buffer.concat(
    [...name.split("."), ""].map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
  );

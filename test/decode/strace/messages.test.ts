import { describe, expect, it } from "@jest/globals";
import { ANSWER, open, QUERY, SERVER, send, silence, WEB } from "./lines.js";
import { counts, fieldsOf, of, track } from "./trace.js";

describe("messages", () => {
  it("are read from write and read, sendmsg and recvmsg, sendmmsg old and new", () => {
    const old = `sendmmsg(3, {{{msg_name(0)=NULL, msg_iov(1)=[{${QUERY}, 35}], msg_controllen=0, msg_flags=0}, 35}}, 1, MSG_NOSIGNAL) = 1`;
    const found = track(
      [
        ...open(3),
        `write(3, ${QUERY}, 35) = 35`,
        `read(3, ${ANSWER}, 512) = 51`,
        old,
        `recvmsg(3, {msg_name=${SERVER}, msg_namelen=128 => 16, msg_iov=[{iov_base=${ANSWER}, iov_len=1024}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0) = 51`,
      ].join("\n"),
    );
    expect(counts(found)).toEqual({ "socket.connect": 1, "dns.query": 2, "dns.answer": 2 });
  });

  it("are read over TCP, with the length before them or by itself", () => {
    const tcp = ["socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3", `connect(3, ${SERVER}, 16) = 0`];
    const length = '[{iov_base="\\0#", iov_len=2}, ';
    const found = track(
      [
        ...tcp,
        `writev(3, ${length}{iov_base=${QUERY}, iov_len=35}], 2) = 37`,
        'read(3, "\\0003", 2) = 2',
        `read(3, ${ANSWER}, 51) = 51`,
      ].join("\n"),
    );
    expect(counts(found)).toMatchObject({ "dns.query": 1, "dns.answer": 1 });
    expect(of(found, "dns.query")[0]?.fields["network.transport"]).toBe("tcp");
  });

  it("are not seen in files and web sockets", () => {
    expect(counts(track([`write(5, ${QUERY}, 35) = 35`, `read(6, ${ANSWER}, 512) = 51`].join("\n")))).toEqual(
      {},
    );
  });

  it("give the ICMP error that the error queue reports", () => {
    const queue = `recvmsg(3, {msg_name=${SERVER}, msg_namelen=28 => 16, msg_iov=[{iov_base=${QUERY}, iov_len=1024}], msg_iovlen=1, msg_control=[{cmsg_len=48, cmsg_level=SOL_IP, cmsg_type=IP_RECVERR, cmsg_data={ee_errno=EHOSTUNREACH, ee_origin=SO_EE_ORIGIN_ICMP}}], msg_controllen=48, msg_flags=MSG_ERRQUEUE}, MSG_ERRQUEUE) = 35`;
    const found = track([...open(3), send(3), queue, silence(3)].join("\n"));
    expect(counts(found)).toEqual({ "socket.connect": 1, "dns.query": 1, "socket.error": 1 });
    expect(of(found, "socket.error")[0]?.fields["error.code"]).toBe("EHOSTUNREACH");
  });

  it("tell that a connection was reset", () => {
    const tcp = ["socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3", `connect(3, ${WEB}, 16) = 0`];
    const found = track(
      [
        ...tcp,
        "read(3, 0x7ffd, 4096) = -1 ECONNRESET (Connection reset by peer)",
        "read(4, 0x7ffd, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
      ].join("\n"),
    );
    expect(fieldsOf(of(found, "socket.error")[0])).toMatchObject({
      "error.code": "ECONNRESET",
      "destination.ip": "192.0.2.80",
      "destination.port": 443,
    });
    expect(counts(found)).toEqual({ "socket.connect": 1, "socket.error": 1 });
  });

  it("tell refused receives", () => {
    const found = track(
      [
        ...open(3),
        send(3),
        "recvfrom(3, 0x7ffd, 512, 0, NULL, NULL) = -1 ECONNREFUSED (Connection refused)",
      ].join("\n"),
    );
    expect(fieldsOf(of(found, "socket.error")[0])).toMatchObject({
      "error.code": "ECONNREFUSED",
      "destination.ip": "192.0.2.53",
      "destination.port": 53,
    });
  });
});

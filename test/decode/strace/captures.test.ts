import { describe, expect, it } from "@jest/globals";
import { capture, counts, fieldsOf, fixture, of, track } from "./trace.js";

/** Name, waits in vain, questions, answers. The first server is silent, the second answers, unless the name says otherwise. */
const TRACES: [name: string, waits: number, questions: number, answers: number][] = [
  ["glibc-f_tt_T", 1, 4, 2],
  ["glibc-f_ttt_T_yy", 1, 4, 2],
  ["glibc-C_summary", 1, 4, 2],
  ["glibc-stderr_plain", 1, 4, 2],
  ["glibc-Xverbose", 1, 4, 2],
  ["glibc-Xraw", 1, 4, 2],
  ["glibc-xx", 1, 4, 2],
  ["glibc-s8", 1, 4, 2],
  ["glibc-i_n", 1, 4, 2],
  ["glibc-k", 1, 4, 2],
  ["glibc-rns", 1, 4, 2],
  ["glibc-rtT", 1, 4, 2],
  ["glibc-nsprec", 1, 4, 2],
  ["glibc-net", 1, 4, 2],
  ["glibc-late-answer", 1, 4, 2],
  ["glibc-servfail", 0, 4, 4],
  ["glibc-sigterm", 0, 2, 0],
  ["busybox-nslookup", 2, 6, 2],
  ["dig", 2, 3, 1],
  ["node-resolve4", 1, 2, 1],
  ["node-slow", 0, 1, 1],
  ["node-stderr-f", 1, 4, 2],
  ["musl-one", 0, 4, 2],
  ["musl-none", 2, 4, 0],
  ["musl-servfail", 2, 8, 4],
  ["python-alarm", 1, 2, 1],
  ["python-rcvtimeo", 1, 2, 1],
  ["python-rcvtimeo-plain", 1, 2, 1],
  ["python-epoll", 1, 2, 1],
  ["python-select", 1, 2, 1],
  ["python-fork", 3, 6, 3],
  ["python-polls-not-dns", 0, 1, 1],
  // Only the wait is traced: descriptor annotations say what it waited for.
  ["glibc-poll-only-yy", 1, 0, 0],
  // Attached in the middle of the wait: restart_syscall names no descriptor.
  ["glibc-attached", 0, 2, 2],
  // Nothing to see.
  ["glibc-s0", 0, 0, 0],
  ["glibc-q_zZ", 0, 0, 0],
  ["glibc-c_summary", 0, 0, 0],
  ["glibc-refused", 0, 2, 0],
];

describe("real traces", () => {
  it.each(TRACES)("%s: %i waits in vain, %i questions, %i answers", (name, waits, questions, answers) => {
    const found = counts(track(fixture(name)));
    expect([found["dns.wait_timeout"] ?? 0, found["dns.query"] ?? 0, found["dns.answer"] ?? 0]).toEqual([
      waits,
      questions,
      answers,
    ]);
  });

  it("say whom a wait was for, how long it was, and what proves it", () => {
    const [wait] = of(track(fixture("glibc-f_ttt_T_yy")), "dns.wait_timeout");
    expect(fieldsOf(wait)).toEqual({
      "network.protocol": "dns",
      "network.transport": "udp",
      "dns.id": [33094, 10570],
      "dns.question.name": "docker.moscow.corp.",
      "dns.question.name_cut": true,
      "destination.ip": "172.28.1.15",
      "destination.port": 53,
      "dns.wait.timeout_ms": 5000,
      "event.duration": 5_012_732_000,
      "strace.call": "poll",
      "strace.fd": 3,
      "process.pid": 17566,
      "process.thread.id": 17566,
    });
    expect(wait?.line).toBe(152);
    expect(wait?.cites?.map(({ line }) => line)).toEqual([151, 152]);
    expect(wait?.time).toBe(1_795_319_189_966_959);
  });

  it("give the whole answer where the buffer shows it", () => {
    const [answer] = of(track(fixture("glibc-late-answer")), "dns.answer");
    expect(fieldsOf(answer)).toMatchObject({
      "dns.question.name": "late.lab.test",
      "dns.question.type": "A",
      "dns.response_code": "NOERROR",
      "dns.answers_count": 1,
      "dns.resolved_ip": ["172.28.1.20"],
      "destination.ip": "172.28.1.17",
    });
  });

  it("keep the id where -s 8 cut everything else, and claim no more", () => {
    const [query] = of(track(fixture("glibc-s8")), "dns.query");
    expect(fieldsOf(query)).toMatchObject({ "dns.id": 32468, "dns.question.name_cut": true });
    expect(query?.fields["dns.question.name"]).toBeUndefined();
  });

  it("infer the silence that a filter hid, and say that it is inferred", () => {
    const [wait] = of(track(fixture("glibc-net")), "dns.wait_timeout");
    expect(fieldsOf(wait)).toMatchObject({ "dns.wait.inferred": true, "destination.ip": "127.0.0.2" });
    expect(wait?.fields["dns.wait.timeout_ms"]).toBeUndefined();
    expect(wait?.fields["event.duration"]).toBeGreaterThan(5e9);
  });

  it("add up the pieces of an interrupted wait, and of one made of ticks", () => {
    const [interrupted] = of(track(fixture("python-alarm")), "dns.wait_timeout");
    expect(interrupted?.fields["dns.wait.timeout_ms"]).toBe(5000);
    expect(interrupted?.fields["event.duration"]).toBeGreaterThan(4.99e9);
    const [ticks] = of(track(fixture("node-resolve4")), "dns.wait_timeout");
    expect(ticks?.fields["dns.wait.timeout_ms"]).toBe(2925);
  });

  it("read SO_RCVTIMEO", () => {
    const [wait] = of(track(fixture("python-rcvtimeo-plain")), "dns.wait_timeout");
    expect(fieldsOf(wait)).toMatchObject({
      "strace.call": "recvfrom",
      "dns.wait.timeout_ms": 2500,
      "destination.ip": "127.0.0.2",
    });
  });

  it("find who shares a process when strace's own lines tear calls apart", () => {
    const [wait] = of(track(fixture("node-stderr-f")), "dns.wait_timeout");
    expect(fieldsOf(wait)).toMatchObject({ "process.pid": 2720, "process.thread.id": 2733 });
  });

  it("keep forked children apart", () => {
    const waits = of(track(fixture("python-fork")), "dns.wait_timeout");
    expect(new Set(waits.map(({ fields }) => fields["process.pid"])).size).toBe(3);
  });

  it("name the error that ended a question", () => {
    const errors = of(track(fixture("glibc-refused")), "socket.error");
    expect(errors.map(({ fields }) => [fields["error.code"], fields["destination.ip"]])).toEqual([
      ["POLLERR", "10.60.0.50"],
      ["POLLERR", "10.60.0.50"],
    ]);
  });

  it("learn from SO_ERROR how a connect in progress ended", () => {
    const connects = of(track(fixture("go-connect-refused")), "socket.connect").filter(
      ({ fields }) => fields["destination.port"] === 443,
    );
    expect(connects.map(({ fields }) => fields["error.code"])).toEqual([
      "EINPROGRESS",
      "ECONNREFUSED",
      "EINPROGRESS",
      "ECONNREFUSED",
    ]);
  });
});

const large: [string, number][] = [
  ["a-dns-blackhole/strace/py_threads.strace", 4],
  ["a-dns-blackhole/strace/nslookup.strace", 6],
  ["a-dns-blackhole/strace/curl_short_timeout.strace", 0],
  ["a-dns-blackhole/strace/trace_poll_only.strace", 0],
  ["b-dns-outcomes/nonblocking_noise/full.strace", 0],
  ["b-dns-outcomes/slow2s/full.strace", 0],
  ["b-dns-outcomes/drop_single_ns/full.strace", 2],
  ["c-fixed-mac-control/ctr_resolver_yy.strace", 0],
  ["c-lost-nat/ctr_resolver_plain.strace", 34],
];
const present = large.filter(([path]) => capture(path) !== undefined);

(present.length > 0 ? describe : describe.skip)("larger traces", () => {
  it.each(present.length > 0 ? present : large)("%s: %i waits in vain", (path, waits) => {
    expect(of(track(capture(path)!), "dns.wait_timeout")).toHaveLength(waits);
  });
});

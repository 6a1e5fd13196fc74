import { describe, expect, it } from "@jest/globals";
import { fieldsOf, of, track } from "./trace.js";

/** How clients that were not at hand behave, told by their sources; one line per call that they make. */
const name = "\\5cache\\7example\\3net\\0\\0\\1\\0\\1";
const query = (id: string) => `"${id}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}"`;
const answer = (id: string, rcode = "\\200") =>
  `"${id}\\201${rcode}\\0\\1\\0\\1\\0\\0\\0\\0${name}\\300\\f\\0\\1\\0\\1\\0\\0\\0<\\0\\4\\300\\0\\2P"`;
const address = (ip: string, port = 53) =>
  `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${ip}")}`;

const waits = (lines: readonly string[]) => of(track(lines.join("\n") + "\n"), "dns.wait_timeout");
const stamp = (lines: readonly [second: number, line: string][], pid = "") =>
  lines.map(([second, line]) => `${pid}10:00:${second.toFixed(6).padStart(9, "0")} ${line}`);

/** Go's net package, pure Go resolver: connected sockets, write, read, deadline by timer, a new id for each try. */
describe("Go", () => {
  const ask = (at: number, fd: number, ip: string, id: string): [number, string][] => [
    [at, `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = ${fd}`],
    [at, `connect(${fd}, ${address(ip)}, 16) = 0`],
    [
      at,
      `epoll_ctl(4, EPOLL_CTL_ADD, ${fd}, {events=EPOLLIN|EPOLLOUT|EPOLLRDHUP|EPOLLET, data={u32=1, u64=1}}) = 0`,
    ],
    [at, `write(${fd}, ${query(id)}, 35) = 35`],
    [at, `read(${fd}, 0xc00037a000, 1232) = -1 EAGAIN (Resource temporarily unavailable)`],
  ];
  const end = (at: number, fd: number): [number, string][] => [
    [at, `epoll_ctl(4, EPOLL_CTL_DEL, ${fd}, 0xc000) = 0`],
    [at, `close(${fd}) = 0`],
  ];

  it("closes the socket when the deadline is over: the silence is inferred", () => {
    const lines = [
      ...ask(1, 9, "192.0.2.53", "\\1a"),
      ...end(6.002, 9),
      ...ask(6.003, 9, "192.0.2.54", "\\2b"),
      [6.01, `read(9, ${answer("\\2b")}, 1232) = 51`] as [number, string],
      ...end(6.02, 9),
    ];
    const found = waits(stamp(lines, "77 "));
    expect(found).toHaveLength(1);
    expect(fieldsOf(found[0])).toMatchObject({
      "destination.ip": "192.0.2.53",
      "dns.wait.inferred": true,
      "dns.question.name": "cache.example.net",
    });
    expect(found[0]?.fields["event.duration"]).toBeGreaterThan(4.9e9);
  });

  it("is answered: nothing is inferred, however long the socket stays open", () => {
    const lines = [
      ...ask(1, 9, "192.0.2.53", "\\1a"),
      [1.01, `read(9, ${answer("\\1a")}, 1232) = 51`] as [number, string],
      ...end(9, 9),
    ];
    expect(waits(stamp(lines, "77 "))).toHaveLength(0);
  });

  it("moves between threads of a process that was attached", () => {
    const lines = stamp(ask(1, 9, "192.0.2.53", "\\1a"), "77 ");
    const rest = stamp([[1.01, `read(9, ${answer("\\1a")}, 1232) = 51`], ...end(9, 9)], "78 ");
    expect(waits([...lines, ...rest])).toHaveLength(0);
    const events = track([...lines, ...rest].join("\n"));
    const pids = new Set(
      events.filter(({ action }) => action.startsWith("dns.")).map(({ fields }) => fields["process.pid"]),
    );
    expect([...pids]).toEqual([77]);
  });

  it("waits for other things with the same epoll", () => {
    const lines = [
      ...ask(1, 9, "192.0.2.53", "\\1a"),
      [1.1, "epoll_pwait(4, [], 128, 1200, NULL, 0) = 0"] as [number, string],
      [2.4, `read(9, ${answer("\\1a")}, 1232) = 51`] as [number, string],
      ...end(2.5, 9),
    ];
    expect(waits(stamp(lines, "77 "))).toHaveLength(0);
  });
});

/** systemd-resolved and dnsmasq: one thread, no timeout in the wait, a new id for each try or server. */
describe("a forwarder", () => {
  const ask = (at: number, fd: number, ip: string, id: string): [number, string][] => [
    [at, `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = ${fd}`],
    [at, `connect(${fd}, ${address(ip)}, 16) = 0`],
    [at, `sendto(${fd}, ${query(id)}, 35, 0, NULL, 0) = 35`],
  ];
  const answered = (at: number, fd: number, ip: string, id: string): [number, string] => [
    at,
    `recvmsg(${fd}, {msg_name=${address(ip)}, msg_namelen=128 => 16, msg_iov=[{iov_base=${answer(id)}, iov_len=4096}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT) = 51`,
  ];
  const before = [...ask(1, 7, "192.0.2.54", "\\7x"), answered(1.01, 7, "192.0.2.54", "\\7x")];

  it("asks the next server under another id after a silence", () => {
    const lines = [
      ...before,
      ...ask(10, 8, "192.0.2.53", "\\1a"),
      ...ask(15, 9, "192.0.2.54", "\\2b"),
      answered(15.1, 9, "192.0.2.54", "\\2b"),
    ];
    const found = waits(stamp(lines));
    expect(found.map(({ fields }) => fields["destination.ip"])).toEqual(["192.0.2.53"]);
  });

  it("asks all servers at once and takes the first answer", () => {
    const lines = [
      ...before,
      ...ask(10, 8, "192.0.2.53", "\\1a"),
      ...ask(10, 9, "192.0.2.54", "\\2b"),
      answered(10.1, 9, "192.0.2.54", "\\2b"),
      [14, "close(8) = 0"] as [number, string],
    ];
    expect(waits(stamp(lines))).toHaveLength(0);
  });

  it("says nothing when its receives are not in the trace", () => {
    expect(
      waits(stamp([...ask(10, 8, "192.0.2.53", "\\1a"), ...ask(15, 9, "192.0.2.54", "\\2b")])),
    ).toHaveLength(0);
  });

  it("serves clients of its own: their questions are not its", () => {
    const from = address("198.51.100.7", 40000);
    const lines = [
      "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 5",
      `bind(5, ${address("0.0.0.0")}, 16) = 0`,
      `recvfrom(5, ${query("\\1a")}, 4096, 0, ${from}, [28 => 16]) = 35`,
      `sendto(5, ${answer("\\1a")}, 51, 0, ${from}, 16) = 51`,
      "poll([{fd=5, events=POLLIN}], 1, 5000) = 0 (Timeout)",
    ];
    expect(track(lines.join("\n"))).toEqual([]);
  });
});

describe("a client over IPv6", () => {
  it("is followed like one over IPv4", () => {
    const server =
      '{sa_family=AF_INET6, sin6_port=htons(53), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::53", &sin6_addr), sin6_scope_id=0}';
    const lines = [
      "socket(AF_INET6, SOCK_DGRAM|SOCK_NONBLOCK, IPPROTO_IP) = 3",
      `connect(3, ${server}, 28) = 0`,
      `send(3, ${query("\\1a")}, 35, MSG_NOSIGNAL) = 35`,
      "poll([{fd=3, events=POLLIN}], 1, 5000) = 0 (Timeout)",
      "close(3) = 0",
    ];
    expect(waits(lines).map(({ fields }) => fields["destination.ip"])).toEqual(["2001:db8::53"]);
  });
});

describe("two look-ups on one thread pool", () => {
  it("a wait that goes on in one thread is not decided by what the others do", () => {
    const first = [
      "1 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3",
      `1 connect(3, ${address("192.0.2.53")}, 16) = 0`,
      `1 sendto(3, ${query("\\1a")}, 35, 0, NULL, 0) = 35`,
      "1 poll([{fd=3, events=POLLIN}], 1, 1000) = 0 (Timeout)",
      "1 poll([{fd=3, events=POLLIN}], 1, 1000 <unfinished ...>",
    ];
    const others = Array.from(
      { length: 600 },
      (_, i) => `2 close(${i + 100}) = -1 EBADF (Bad file descriptor)`,
    );
    const last = [
      "1 <... poll resumed>) = 1 ([{fd=3, revents=POLLIN}])",
      `1 recvfrom(3, ${answer("\\1a")}, 512, 0, NULL, NULL) = 51`,
    ];
    expect(waits([...first, ...others, ...last])).toHaveLength(0);
  });

  it("another thread that asks the same under its own id is no second try", () => {
    const ask = (pid: number, fd: number, id: string) => [
      `${pid} socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = ${fd}`,
      `${pid} connect(${fd}, ${address("192.0.2.53")}, 16) = 0`,
      `${pid} sendto(${fd}, ${query(id)}, 35, 0, NULL, 0) = 35`,
    ];
    const clone = "1 clone(child_stack=0x7f00, flags=CLONE_VM|CLONE_FILES|CLONE_THREAD) = 2";
    const lines = [
      clone,
      ...ask(1, 3, "\\1a"),
      "1 poll([{fd=3, events=POLLIN}], 1, 1000) = 0 (Timeout)",
      "1 poll([{fd=3, events=POLLIN}], 1, 1000 <unfinished ...>",
      ...ask(2, 4, "\\2b"),
      "1 <... poll resumed>) = 1 ([{fd=3, revents=POLLIN}])",
      `1 recvfrom(3, ${answer("\\1a")}, 512, 0, NULL, NULL) = 51`,
      `2 recvfrom(4, ${answer("\\2b")}, 512, 0, NULL, NULL) = 51`,
    ];
    expect(waits(lines)).toHaveLength(0);
  });
});

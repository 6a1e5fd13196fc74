import { describe, expect, it } from "@jest/globals";
import { counts, fieldsOf, of, track } from "./trace.js";

const SERVER = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';
const NEXT = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.54")}';
const WEB = '{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.80")}';
const NAME = "\\5cache\\7example\\3net\\0\\0\\1\\0\\1";
const QUERY = `"\\0224\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${NAME}"`;
const ANSWER = `"\\0224\\201\\200\\0\\1\\0\\1\\0\\0\\0\\0${NAME}\\300\\f\\0\\1\\0\\1\\0\\0\\0<\\0\\4\\300\\0\\2P"`;

const open = (fd: number, server = SERVER, flags = "") => [
  `socket(AF_INET, SOCK_DGRAM${flags}, IPPROTO_IP) = ${fd}`,
  `connect(${fd}, ${server}, 16) = 0`,
];
const send = (fd: number) => `sendto(${fd}, ${QUERY}, 35, MSG_NOSIGNAL, NULL, 0) = 35`;
const receive = (fd: number) => `recvfrom(${fd}, ${ANSWER}, 2048, 0, ${SERVER}, [28 => 16]) = 51`;
const silence = (fd: number, ms = 5000) => `poll([{fd=${fd}, events=POLLIN}], 1, ${ms}) = 0 (Timeout)`;
const ready = (fd: number) => `poll([{fd=${fd}, events=POLLIN}], 1, 5000) = 1 ([{fd=${fd}, revents=POLLIN}])`;

const waits = (lines: readonly string[]) => of(track(lines.join("\n") + "\n"), "dns.wait_timeout");
const at = (second: number, line: string, pid = "") =>
  `${pid}10:00:${String(second).padStart(2, "0")}.000000 ${line}`;

describe("a wait in vain", () => {
  it("is a poll on a socket to port 53 with an open question that ran out", () => {
    const [wait] = waits([...open(3), send(3), silence(3), "close(3) = 0"]);
    expect(fieldsOf(wait)).toMatchObject({
      "dns.id": [4660],
      "dns.question.name": "cache.example.net",
      "dns.question.type": ["A"],
      "destination.ip": "192.0.2.53",
      "dns.wait.timeout_ms": 5000,
    });
    expect(wait?.cites?.map(({ line }) => line)).toEqual([3, 4]);
  });

  it.each([
    ["ppoll", "ppoll([{fd=3, events=POLLIN}], 1, {tv_sec=5, tv_nsec=0}, NULL, 8) = 0 (Timeout)"],
    ["ppoll of an old strace", "ppoll([{fd=3, events=POLLIN}], 1, {5, 0}, NULL, 8) = 0 (Timeout)"],
    ["select", "select(4, [3], NULL, NULL, {tv_sec=5, tv_usec=0}) = 0 (Timeout)"],
    ["pselect6", "pselect6(4, [3], NULL, NULL, {tv_sec=5, tv_nsec=0}, NULL) = 0 (Timeout)"],
    ["raw events", "poll([{fd=3, events=0x1}], 1, 5000) = 0 (Timeout)"],
    [
      "one descriptor of several",
      "poll([{fd=7, events=POLLIN}, {fd=3, events=POLLIN}], 2, 5000) = 0 (Timeout)",
    ],
    ["the rest of the time as the argument", "poll([{fd=3, events=POLLIN}], 1, 4999) = 0 (Timeout)"],
  ])("%s", (_, line) => {
    expect(waits([...open(3), send(3), line, "close(3) = 0"])).toHaveLength(1);
  });

  it("is an epoll_wait that returned nothing, without the word", () => {
    const lines = [
      ...open(3),
      "epoll_create1(EPOLL_CLOEXEC) = 4",
      "epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN, data={u32=3, u64=3}}) = 0",
      send(3),
    ];
    expect(waits([...lines, "epoll_wait(4, [], 1023, 3000) = 0", "close(3) = 0"])).toHaveLength(1);
    expect(
      waits([
        ...lines,
        "epoll_ctl(4, EPOLL_CTL_DEL, 3, 0x7ffd) = 0",
        "epoll_wait(4, [], 1023, 3000) = 0",
        "close(3) = 0",
      ]),
    ).toHaveLength(0);
    expect(waits([...lines, "epoll_wait(4, [], 1023, -1) = 0", "close(3) = 0"])).toHaveLength(0);
  });

  it("is a blocking receive that SO_RCVTIMEO ended, not a non-blocking one", () => {
    const option = "setsockopt(3, SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=4, tv_usec=0}, 16) = 0";
    const again = "recvfrom(3, 0x7ffd, 512, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)";
    expect(
      waits([...open(3), option, send(3), again, "close(3) = 0"])[0]?.fields["dns.wait.timeout_ms"],
    ).toBe(4000);
    expect(
      waits([...open(3), option, send(3), again.replace("512, 0", "512, MSG_DONTWAIT"), "close(3) = 0"]),
    ).toHaveLength(0);
    expect(
      waits([...open(3, SERVER, "|SOCK_NONBLOCK"), option, send(3), again, "close(3) = 0"]),
    ).toHaveLength(0);
    expect(waits([...open(3), send(3), again, "close(3) = 0"])).toHaveLength(0);
  });

  it("is joined from its halves and from restart_syscall", () => {
    expect(
      waits([
        ...open(3),
        send(3),
        "poll([{fd=3, events=POLLIN}], 1, 5000) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)",
        "--- SIGSTOP {si_signo=SIGSTOP} ---",
        "--- stopped by SIGSTOP ---",
        "--- SIGCONT {si_signo=SIGCONT} ---",
        "restart_syscall(<... resuming interrupted poll ...>) = 0",
        "close(3) = 0",
      ])[0]?.fields["dns.wait.timeout_ms"],
    ).toBe(5000);
    const threads = ["7 ", "8 "];
    const lines = [
      ...open(3).map((line) => threads[0] + line),
      threads[0] + send(3),
      "7 poll([{fd=3, events=POLLIN}], 1, 5000 <unfinished ...>",
      "8 futex(0x1, FUTEX_WAIT) = 0",
      "7 <... poll resumed>) = 0 (Timeout)",
      "7 close(3) = 0",
    ];
    expect(waits(lines)[0]?.cites?.map(({ line }) => line)).toEqual([3, 4]);
  });

  it("sums what is left after a signal handler ran", () => {
    const [wait] = waits([
      ...open(3),
      send(3),
      "poll([{fd=3, events=POLLIN}], 1, 5000) = -1 EINTR (Interrupted system call)",
      "--- SIGALRM {si_signo=SIGALRM} ---",
      silence(3, 700),
      "close(3) = 0",
    ]);
    expect(wait?.fields["dns.wait.timeout_ms"]).toBe(5000);
  });

  it("counts once per silence when a client looks every second", () => {
    const tick = silence(3, 1000);
    expect(
      waits([...open(3), send(3), tick, tick, tick, ...open(4, NEXT), send(4), ready(4), receive(4)]),
    ).toHaveLength(1);
    expect(waits([...open(3), send(3), tick, tick, ready(3), receive(3), "close(3) = 0"])).toHaveLength(0);
  });

  it("is inferred from stamps when a client's timer is invisible", () => {
    const lines = [...open(3), send(3), ...open(4, NEXT), send(4), ready(4), receive(4)];
    const [wait] = waits(lines.map((line, i) => at(i < 3 ? 1 : 6, line)));
    expect(fieldsOf(wait)).toMatchObject({
      "dns.wait.inferred": true,
      "event.duration": 5_000_000_000,
      "destination.ip": "192.0.2.53",
    });
    expect(waits(lines.map((line) => at(1, line)))).toHaveLength(0);
    expect(waits(lines)).toHaveLength(0);
    expect(waits(lines.map((line, i) => at(i < 3 ? 1 : 59, line)))).toHaveLength(0);
  });

  it("is not invented where the questions themselves are not traced, unless nothing else can be meant", () => {
    expect(waits([...open(3), silence(3)])[0]?.fields["dns.id"]).toBeUndefined();
    expect(
      waits([...open(3), "poll([{fd=3, events=POLLIN}, {fd=5, events=POLLIN}], 2, 5000) = 0 (Timeout)"]),
    ).toHaveLength(0);
    expect(waits([silence(3)])).toHaveLength(0);
    expect(
      waits(["poll([{fd=3<UDP:[198.51.100.7:4000->192.0.2.53:53]>, events=POLLIN}], 1, 5000) = 0 (Timeout)"]),
    ).toHaveLength(1);
    expect(waits(["restart_syscall(<... resuming interrupted read ...>) = 0"])).toHaveLength(0);
  });
});

describe("no wait in vain", () => {
  it.each([
    ["an answered question", [...open(3), send(3), ready(3), receive(3), silence(3)]],
    ["a poll that ran out on another socket", [...open(3), send(3), silence(7), ready(3), receive(3)]],
    [
      "curl's short polls on an eventfd",
      [...open(3), send(3), ...Array.from({ length: 55 }, () => silence(8, 250)), ready(3), receive(3)],
    ],
    ["a short poll on the DNS socket", [...open(3), send(3), silence(3, 250), ready(3), receive(3)]],
    [
      "a poll for room to send",
      [...open(3), send(3), "poll([{fd=3, events=POLLOUT}], 1, 5000) = 0 (Timeout)"],
    ],
    ["a look with no time", [...open(3), send(3), silence(3, 0), "close(3) = 0"]],
    [
      "a descriptor that was closed and opened anew",
      [
        ...open(3),
        send(3),
        "close(3) = 0",
        "socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3",
        `connect(3, ${WEB}, 16) = 0`,
        silence(3),
      ],
    ],
    [
      "a descriptor whose close was not traced",
      [...open(3), send(3), "socket(AF_UNIX, SOCK_STREAM, 0) = 3", silence(3)],
    ],
    ["a descriptor that dup2 gave to something else", [...open(3), send(3), "dup2(9, 3) = 3", silence(3)]],
    [
      "a descriptor that an annotation shows to be a pipe",
      [...open(3), send(3), "poll([{fd=3<pipe:[99]>, events=POLLIN}], 1, 5000) = 0 (Timeout)"],
    ],
    [
      "a question that was not sent",
      [
        ...open(3),
        `sendto(3, ${QUERY}, 35, MSG_NOSIGNAL, NULL, 0) = -1 ENETUNREACH (Network is unreachable)`,
        silence(9),
      ],
    ],
    [
      "a web server that is slow",
      ["socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3", `connect(3, ${WEB}, 16) = 0`, silence(3)],
    ],
    ["a sleep", ["select(0, NULL, NULL, NULL, {tv_sec=5, tv_usec=0}) = 0 (Timeout)"]],
    ["a wait that -T shows to be short", [...open(3), send(3), silence(3) + " <0.000012>", "close(3) = 0"]],
    [
      "a wait cut by the end of the process",
      [
        ...open(3),
        send(3),
        "poll([{fd=3, events=POLLIN}], 1, 5000 <unfinished ...>",
        "+++ killed by SIGKILL +++",
      ],
    ],
  ])("%s", (_, lines) => {
    expect(waits(lines)).toHaveLength(0);
  });

  it("musl asks two servers at once and one answers", () => {
    const to = (server: string) => `sendto(3, ${QUERY}, 35, MSG_NOSIGNAL, ${server}, 16) = 35`;
    const lines = [
      "socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 3",
      to(NEXT),
      to(SERVER),
    ];
    const end = [
      "poll([{fd=3, events=POLLIN}], 1, 2500) = 1 ([{fd=3, revents=POLLIN}])",
      receive(3),
      silence(3),
      "close(3) = 0",
    ];
    expect(waits([...lines, ...end])).toHaveLength(0);
    const none = waits([...lines, silence(3, 2500), "close(3) = 0"]);
    expect(none.map(({ fields }) => fields["destination.ip"]).sort()).toEqual(["192.0.2.53", "192.0.2.54"]);
  });
});

describe("who shares what", () => {
  const clone =
    "1 clone(child_stack=0x7f00, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD) = 2";

  it("threads share descriptors", () => {
    expect(
      waits([
        clone,
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 close(3) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("a fork's child has copies, which the parent's close leaves alone", () => {
    const fork = "1 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f00) = 2";
    const [wait] = waits([
      ...open(3).map((line) => "1 " + line),
      fork,
      "1 close(3) = 0",
      "2 " + send(3),
      "2 " + silence(3),
      "2 +++ exited with 0 +++",
    ]);
    expect(wait?.fields["process.pid"]).toBe(2);
  });

  it("a fork's new sockets are its own", () => {
    const fork = "1 vfork() = 2";
    expect(
      waits([
        fork,
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 " + ready(3),
        "1 " + receive(3),
      ]),
    ).toHaveLength(0);
  });

  it("a child that shows up before its clone returns is nobody else", () => {
    const begin = "1 clone3({flags=CLONE_VM|CLONE_FILES|CLONE_THREAD, exit_signal=0} <unfinished ...>";
    const end = "1 <... clone3 resumed> => {parent_tid=[2]}, 88) = 2";
    expect(
      waits([
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        begin,
        "2 " + silence(3),
        end,
        "1 close(3) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("exec closes what was marked so", () => {
    const lines = (flags: string) => [
      ...open(3, SERVER, flags),
      send(3),
      'execve("/bin/true", ["true"], 0x7ffd) = 0',
      silence(3),
    ];
    expect(waits(lines(""))).toHaveLength(1);
    expect(waits(lines("|SOCK_CLOEXEC"))).toHaveLength(0);
  });

  it("dup makes another name for the same socket", () => {
    expect(
      waits([...open(3), "dup(3) = 5", "close(3) = 0", send(5), silence(5), "close(5) = 0"]),
    ).toHaveLength(1);
    expect(
      waits([
        ...open(3),
        "fcntl(3, F_DUPFD_CLOEXEC, 10) = 10",
        send(3),
        silence(10),
        "close(3) = 0",
        "close(10) = 0",
      ]),
    ).toHaveLength(1);
  });

  it("attached processes with the same descriptor numbers do not testify against each other", () => {
    expect(
      waits([
        ...open(3).map((line) => "1 " + line),
        "1 " + send(3),
        "2 " + silence(3),
        "1 " + ready(3),
        "1 " + receive(3),
      ]),
    ).toHaveLength(0);
  });
});

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

describe("traces that people handled", () => {
  const quoted = (line: string) => `"${line.replaceAll('"', '""')}"`;

  it("read a spreadsheet's cells", () => {
    expect(
      waits(
        [...open(3), send(3), silence(3), "close(3) = 0"].map((line) => quoted("4669  " + line) + "\t5.1"),
      ),
    ).toHaveLength(1);
    expect(
      waits([...open(3), send(3), silence(3), "close(3) = 0"].map((line) => "4669," + quoted(line))),
    ).toHaveLength(1);
    expect(
      waits([...open(3), send(3), silence(3) + " \t5.005197", "close(3) = 0"].map((line) => "4669  " + line)),
    ).toHaveLength(1);
  });

  it("accuse nobody by a trace that was sorted by its spans", () => {
    const fill = Array.from({ length: 30 }, (_, i) => `close(${i + 50}) = 0 <0.0000${String(i + 10)}>`);
    const calls = [...open(3), send(3)].map((line, i) => `${line} <0.00010${i}>`);
    const sorted = [...fill, ...calls, silence(3) + " <5.005197>", silence(3) + " <5.005199>"];
    expect(waits(sorted)).toHaveLength(0);
    expect(waits([...sorted].reverse())).toHaveLength(0);
  });

  it("accuse nobody when stamps run backwards all the time", () => {
    const lines = [...open(3), send(3), silence(3), ...open(3), send(3), silence(3), "close(3) = 0"].map(
      (line, i) => at(50 - i * 5, line, "7 "),
    );
    expect(waits(lines).length).toBeLessThanOrEqual(1);
  });

  it("survive a clock that was set back once", () => {
    const lines = [...open(3), send(3), silence(3), "close(3) = 0"];
    expect(waits(lines.map((line, i) => at(i < 3 ? 30 : 10, line)))).toHaveLength(1);
  });

  it("read a ^C glued to the last call", () => {
    expect(waits([...open(3), send(3), silence(3) + "^Cstrace: Process 4242 detached"])).toHaveLength(1);
    expect(
      waits([
        ...open(3),
        send(3),
        "poll([{fd=3, events=POLLIN}], 1, 5000^Cstrace: Process 4242 detached",
        " <detached ...>",
      ]),
    ).toHaveLength(0);
  });
});

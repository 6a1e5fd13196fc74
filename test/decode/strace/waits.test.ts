import { describe, expect, it } from "@jest/globals";
import { at, NEXT, open, ready, receive, SERVER, send, silence, waits } from "./lines.js";
import { fieldsOf } from "./trace.js";

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
    expect(waits(lines)[0]?.cites?.map(({ line }) => line)).toEqual([3, 4, 6]);
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

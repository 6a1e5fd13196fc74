import { describe, expect, it } from "@jest/globals";
import { NEXT, open, QUERY, ready, receive, SERVER, send, silence, WEB, waits } from "./lines.js";

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

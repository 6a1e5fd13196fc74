import fc from "fast-check";
import { ANSWER, QUERY, SERVER, WEB } from "./lines.js";

/** Random lines of strace, of calls that matter and of others, whole, torn and broken. */

/** What `-y` and `-yy` say of descriptors; sometimes of one that was another before. */
const note = fc.constantFrom(
  ..."UDP:[10.0.0.2:4000->192.0.2.53:53]|TCP:[10.0.0.2:4001->203.0.113.5:443]|TCP:[10.0.0.2:4001->203.0.113.6:443]".split(
    "|",
  ),
  ..."UDP:[17]|TCP:[18]|socket:[17]|socket:[18]|/etc/hosts|/dev/tty<char 4:1>|anon_inode:[eventpoll]|UNIX:[19]|a".split(
    "|",
  ),
);
const bare = fc.integer({ min: 3, max: 8 }).map(String);
const fd = fc.oneof(
  { weight: 4, arbitrary: bare },
  { weight: 1, arbitrary: fc.tuple(bare, note).map(([n, what]) => `${n}<${what}>`) },
);
const data = fc.constantFrom(
  QUERY,
  ANSWER,
  '"a) = 1 \\"<unfinished ...>"',
  '"\\0\\1\\0"...',
  '""',
  '"\\\\"',
  "0xc000",
  "NULL",
);
const address = fc.constantFrom(SERVER, WEB, "NULL", "[16]");
const result = fc.constantFrom(
  ..."0 1 3 4 5 7 8 9 35 51 0x7f0d278 ?".split(" "),
  "-1 EAGAIN (Resource temporarily unavailable)",
  "-1 ECONNREFUSED (Connection refused)",
  "-1 EBADF (Bad file descriptor)",
  "-1 EINTR (Interrupted system call)",
  "0 (Timeout)",
  "1 ([{fd=3, revents=POLLIN|POLLERR}])",
);
const limit = fc.constantFrom("0", "5000", "-1");

/** Names with their arguments, cut where strace may tear them. */
const call: fc.Arbitrary<readonly [name: string, first: string, second: string]> = fc.oneof(
  fc.tuple(
    fc.constant("socket"),
    fc.constantFrom("AF_INET, SOCK_DGRAM, 0", "AF_UNIX, SOCK_STREAM, 0"),
    fc.constant(""),
  ),
  fc.tuple(fc.constantFrom("close", "dup"), fd, fc.constant("")),
  fc.tuple(
    fc.constantFrom("connect"),
    fc.tuple(fd, fc.constantFrom(SERVER, WEB)).map(([a, b]) => `${a}, ${b}, 16`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constantFrom("read", "readv"),
    fd.map((n) => `${n}, `),
    data.map((text) => `${text}, 512`),
  ),
  fc.tuple(
    fc.constantFrom("write", "writev"),
    fc.tuple(fd, data).map(([n, text]) => `${n}, ${text}, 35`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("sendto"),
    fc.tuple(fd, data, address).map(([n, text, to]) => `${n}, ${text}, 35, 0, ${to}, 16`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("recvfrom"),
    fd.map((n) => `${n}, `),
    fc.tuple(data, address).map(([text, from]) => `${text}, 512, 0, ${from}, [16]`),
  ),
  fc.tuple(
    fc.constant("poll"),
    fc.tuple(fd, limit).map(([n, ms]) => `[{fd=${n}, events=POLLIN}], 1, ${ms}`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("select"),
    fd.map((n) => `9, [${n}], NULL, NULL, {tv_sec=5, tv_usec=0}`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constantFrom("epoll_wait", "epoll_pwait"),
    fd.map((n) => `${n}, `),
    limit.map((ms) => `[], 128, ${ms}, NULL, 8`),
  ),
  fc.tuple(
    fc.constant("epoll_ctl"),
    fc.tuple(fd, fd).map(([e, n]) => `${e}, EPOLL_CTL_ADD, ${n}, {events=EPOLLIN}`),
    fc.constant(""),
  ),
  fc.tuple(fc.constant("epoll_create1"), fc.constant("EPOLL_CLOEXEC"), fc.constant("")),
  fc.tuple(
    fc.constant("fcntl"),
    fc
      .tuple(fd, fc.constantFrom("F_SETFL, O_RDWR|O_NONBLOCK", "F_DUPFD_CLOEXEC, 0", "F_GETFL"))
      .map(([n, what]) => `${n}, ${what}`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("ioctl"),
    fc.tuple(fd, fc.constantFrom("FIONBIO, [1]", "TCGETS")).map(([n, what]) => `${n}, ${what}`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("setsockopt"),
    fd.map((n) => `${n}, SOL_SOCKET, SO_RCVTIMEO, {tv_sec=5, tv_usec=0}, 16`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("getsockopt"),
    fd.map((n) => `${n}, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]`),
    fc.constant(""),
  ),
  fc.tuple(
    fc.constant("clone"),
    fc.constantFrom("flags=CLONE_FILES|CLONE_THREAD", "flags=SIGCHLD"),
    fc.constant(""),
  ),
  fc.tuple(fc.constant("execve"), fc.constant('"/bin/true", ["true"]'), fc.constant("")),
  fc.tuple(
    fc.constantFrom("futex", "openat", "x", "read_", "epoll_wait2"),
    fc.constantFrom('0x55, "st: a", 7', ""),
    fc.constant(""),
  ),
);

const pid = fc.constantFrom("7 ", "8 ", "[pid     9] ");
type Step = readonly [who: string, call: readonly [string, string, string], outcome: string];

/** One call by somebody, or a look-up from its socket to some end. */
const steps: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(pid, call, result).map((step): Step[] => [step]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pid, fd, fc.boolean(), fc.boolean(), fc.boolean())
      .map(([who, n, silent, byPoll, closes]): Step[] => [
        [who, ["socket", "AF_INET, SOCK_DGRAM, IPPROTO_IP", ""], n],
        [who, ["connect", `${n}, ${SERVER}, 16`, ""], "0"],
        [who, ["sendto", `${n}, ${QUERY}, 35, MSG_NOSIGNAL, NULL, 0`, ""], "35"],
        ...(byPoll
          ? [
              [
                who,
                ["poll", `[{fd=${n}, events=POLLIN}], 1, 5000`, ""],
                silent ? "0 (Timeout)" : "1",
              ] satisfies Step,
            ]
          : []),
        silent
          ? [who, ["read", `${n}, `, "0xc000, 512"], "-1 EAGAIN (Resource temporarily unavailable)"]
          : [who, ["recvfrom", `${n}, `, `${ANSWER}, 512, 0, ${SERVER}, [16]`], "51"],
        ...(closes ? [[who, ["close", n, ""], "0"] satisfies Step] : []),
      ]),
  },
);

/**
 * A trace of calls by a few threads: each whole, or in two halves with other threads' calls in between.
 * @param halves whether calls are torn at all
 */
export const trace = (halves: boolean): fc.Arbitrary<string[]> =>
  fc
    .array(fc.tuple(steps, fc.boolean(), fc.integer({ min: 1, max: 2_000_000 })), {
      minLength: 1,
      maxLength: 40,
    })
    .map((pieces) => {
      const lines: string[] = [];
      const open = new Map<string, string>();
      let us = 0;
      const stamp = () => {
        const second = Math.floor(us / 1e6);
        const [minutes, seconds] = [Math.floor(second / 60), second % 60].map((n) =>
          String(n).padStart(2, "0"),
        );
        return `10:${minutes}:${seconds}.${String(us % 1e6).padStart(6, "0")}`;
      };
      for (const [some, whole, later] of pieces) {
        for (const [who, [name, first, second], outcome] of some) {
          const rest = open.get(who);
          if (rest !== undefined) {
            lines.push(`${who}${stamp()} ${rest}`);
            open.delete(who);
          }
          us += later;
          if (whole || !halves)
            lines.push(`${who}${stamp()} ${name}(${first}${second}) = ${outcome} <5.000100>`);
          else {
            lines.push(`${who}${stamp()} ${name}(${first} <unfinished ...>`);
            open.set(who, `<... ${name} resumed>${second}) = ${outcome} <5.000200>`);
          }
        }
      }
      return lines;
    });

const lead = fc.constantFrom(
  ..."7 |7  |[pid 7] |1234567 |12345678 |1234567890 |7 8 ||  |7<a b> |8<é> |7<>|7<a|[pid 7<a>] |7<a /* 3 in strace's PID NS */ ".split(
    "|",
  ),
);
const stamp = fc.constantFrom(
  ..."10:00:00 |10:00:00.123 |10:00:00.12 |1795319188.965449 |0.000113 |1234567.123 |1:2:3 ||10:00:00 (+ 0.000113) |[7] |10:00:00 [00007fc8a1b2c3d4] |10:00:01 [????????] |[   7] [deadbeef] |[12345] |[7]|[1234567g] ".split(
    "|",
  ),
);
const ending = fc.constantFrom(
  ...")= 1|) = 1|)  = -1 EAGAIN (x)| = 1|) = 0x|) = 0x0|) = 1x|) = ?|) = -|) = 1\t2|) = 1<a>|) = NULL|) = 1\r".split(
    "|",
  ),
  " <unfinished ...>",
  " <unfinished ...>) = ?",
  " <unfinished ...> x",
  " <detached ...>",
  "^C) = 1",
  "strace: Process 5 attached",
  "",
);

/** A line that may be well formed or not. */
export const line: fc.Arbitrary<string> = fc
  .tuple(lead, stamp, fc.boolean(), call, fc.constantFrom("", '"', "(", ") ", "<", "s: "), ending)
  .map(([who, when, resumed, [name, first, second], stray, end]) =>
    resumed
      ? `${who}${when}<... ${name} resumed>${second}${stray}${end}`
      : `${who}${when}${name}(${first}${second}${stray}${end}`,
  );

const octal = (id) =>
  `\\${(id >> 8).toString(8).padStart(3, "0")}\\${(id & 255).toString(8).padStart(3, "0")}`;
const NAME = "\\10registry\\7example\\3net\\0\\0\\1\\0\\1";
const SERVERS = ["192.0.2.53", "192.0.2.54"];

/**
 * The calls of one look-up by the C library, whose first server does not answer when `lost`.
 * @returns what each line says, and the µs that pass after its stamp
 */
export function lookUp(next, lost) {
  const id = 256 + next(65000);
  const descriptor = 90 + next(9);
  const ask = (fd, server) => [
    { text: `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = ${fd} <0.000020>` },
    {
      text: `connect(${fd}, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("${server}")}, 16) = 0 <0.000019>`,
    },
    { text: `poll([{fd=${fd}, events=POLLOUT}], 1, 0) = 1 ([{fd=${fd}, revents=POLLOUT}]) <0.000011>` },
    {
      text: `sendto(${fd}, "${octal(id)}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${NAME}", 38, MSG_NOSIGNAL, NULL, 0) = 38 <0.000060>`,
    },
  ];
  const answered = (fd) => [
    {
      text: `poll([{fd=${fd}, events=POLLIN}], 1, 5000) = 1 ([{fd=${fd}, revents=POLLIN}]) <0.000410>`,
      after: 410,
    },
    {
      text: `recvfrom(${fd}, "${octal(id)}\\201\\200\\0\\1\\0\\1\\0\\0\\0\\0${NAME}"..., 2048, 0, NULL, NULL) = 54 <0.000012>`,
    },
    { text: `close(${fd}) = 0 <0.000010>` },
  ];
  if (!lost) return [...ask(descriptor, SERVERS[0]), ...answered(descriptor)];
  return [
    ...ask(descriptor, SERVERS[0]),
    { text: `poll([{fd=${descriptor}, events=POLLIN}], 1, 5000 <unfinished ...>`, after: 5_004_911 },
    { text: "<... poll resumed>) = 0 (Timeout) <5.004911>" },
    ...ask(descriptor + 10, SERVERS[1]),
    ...answered(descriptor + 10),
    { text: `close(${descriptor}) = 0 <0.000010>` },
  ];
}

import { of, track } from "./trace.js";

/** Lines of a trace, as strace prints them. */

export const SERVER = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';
export const NEXT = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.54")}';
export const WEB = '{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.80")}';
export const NAME = "\\5cache\\7example\\3net\\0\\0\\1\\0\\1";
export const QUERY = `"\\0224\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${NAME}"`;
export const ANSWER = `"\\0224\\201\\200\\0\\1\\0\\1\\0\\0\\0\\0${NAME}\\300\\f\\0\\1\\0\\1\\0\\0\\0<\\0\\4\\300\\0\\2P"`;

export const open = (fd: number, server = SERVER, flags = "") => [
  `socket(AF_INET, SOCK_DGRAM${flags}, IPPROTO_IP) = ${fd}`,
  `connect(${fd}, ${server}, 16) = 0`,
];
export const send = (fd: number) => `sendto(${fd}, ${QUERY}, 35, MSG_NOSIGNAL, NULL, 0) = 35`;
export const receive = (fd: number) => `recvfrom(${fd}, ${ANSWER}, 2048, 0, ${SERVER}, [28 => 16]) = 51`;
export const silence = (fd: number, ms = 5000) => `poll([{fd=${fd}, events=POLLIN}], 1, ${ms}) = 0 (Timeout)`;
export const ready = (fd: number) =>
  `poll([{fd=${fd}, events=POLLIN}], 1, 5000) = 1 ([{fd=${fd}, revents=POLLIN}])`;

export const waits = (lines: readonly string[]) => of(track(lines.join("\n") + "\n"), "dns.wait_timeout");
export const at = (second: number, line: string, pid = "") =>
  `${pid}10:00:${String(second).padStart(2, "0")}.000000 ${line}`;

/** Two formats that share lines, and why that is right. */
export interface Shared {
  /** Whose samples they are; `*`: of any. */
  format: string;
  /** Who claims some of them, too. */
  also: string;
  /** Either may come first, for one line of it: both say the same. Absent: `format` must. */
  either?: true;
  reason: string;
}

const ANYTHING = "behind docker's stamp stands what the container wrote: it may be anything";
const RULER = "a ruler says nothing: a terminal's is one below a table that no format knows";
const MONITOR = "ip monitor announces changes in the words of ip addr and ip link; both give the same events";

export const SHARED: readonly Shared[] = [
  { format: "docker-events", also: "docker-logs", reason: ANYTHING },
  { format: "cri", also: "docker-logs", reason: ANYTHING },
  {
    format: "docker-cli",
    also: "compose-progress",
    reason:
      "a client's 'Network timed out …' looks like compose's word for a network of that name, and an error",
  },
  { format: "ip-monitor", also: "ip-addr", either: true, reason: MONITOR },
  {
    format: "dmesg",
    also: "journal-short",
    either: true,
    reason:
      "journalctl's lines between boots; its monotonic mode is read as dmesg, the others as journal-short",
  },
  {
    format: "journal-short",
    also: "dmesg",
    reason:
      "journalctl's lines between boots; its monotonic mode is read as dmesg, the others as journal-short",
  },
  {
    format: "iptables-save",
    also: "resolv-conf",
    reason: "a comment of a configuration file: it begins with a number sign in all of them",
  },
  {
    format: "registry-v1-refused",
    also: "docker-registry",
    either: true,
    reason: "a refusal inside an error that has words of its own: either tells that protocol v1 was tried",
  },
  {
    format: "named-log",
    also: "journal-short",
    either: true,
    reason:
      "with ISO stamps in UTC a category and its colon look like a program in a journal without host names",
  },
  {
    format: "apache-error",
    also: "dmesg",
    either: true,
    reason:
      "dmesg -T has any text behind a stamp like that of httpd 2.2; which of them it is the other lines of the file tell",
  },
  {
    format: "squid-cache",
    also: "go-log",
    either: true,
    reason: "behind the stamp of Go's logger stands any text; squid's says more, and so is preferred",
  },
  { format: "buildkit", also: "terminal", reason: RULER },
  { format: "chronyc", also: "terminal", reason: RULER },
  { format: "compose-ps", also: "terminal", reason: RULER },
  { format: "ntpq", also: "terminal", reason: RULER },
  {
    format: "*",
    also: "logfmt-log",
    reason: "any program's key=value pairs, by the usual keys; what a format knows more of, it reads first",
  },
  {
    format: "*",
    also: "json-log",
    reason: "any JSON line with a logger's usual keys; what a format knows more of, it reads first",
  },
  {
    format: "ltrace",
    also: "strace",
    reason:
      "a call of a library looks like one of the kernel; what is called tells, and it is no call of the kernel's",
  },
  {
    format: "systemd-unit",
    also: "resolv-conf",
    either: true,
    reason: "a comment of a configuration file: it begins with a number sign in all of them",
  },
];

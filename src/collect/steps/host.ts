import { ALL, type Step } from "../step.js";

/** Which host, and what its clock shows: without these, times of logs are guesses. */
export const HOST: readonly Step[] = [
  { for: ALL, file: "date.txt", run: "date -R" },
  { for: ALL, file: "uname.txt", run: "uname -a" },
  { for: ALL, file: "etc/hostname", run: "uname -n" },
  { for: ALL, file: "etc/localtime", run: "cat /etc/localtime", only: { there: "/etc/localtime" } },
  { for: ALL, file: "etc/timezone", run: "cat /etc/timezone", only: { there: "/etc/timezone" } },
  { for: ALL, file: "etc/os-release", run: "cat /etc/os-release", only: { there: "/etc/os-release" } },
  { for: ALL, file: "proc/uptime", run: "cat /proc/uptime" },
  { for: ALL, file: "proc/stat", run: "grep -e '^cpu ' -e '^btime ' /proc/stat" },
  { for: ALL, file: "timedatectl.txt", run: "timedatectl", only: { there: "/run/systemd/system" } },
  { for: ALL, file: "chronyc.txt", run: "chronyc -n tracking", only: { running: "chronyd" } },
  { for: ALL, file: "ntpq.txt", run: "ntpq -pn", only: { running: "ntpd" } },
];

/** The clock once more: what it shows at the end bounds what everything before it can mean. */
export const HOST_END: readonly Step[] = [{ for: ALL, file: "date_end.txt", run: "date -R" }];

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { talk } from "./journal-talk.mjs";
import { generator } from "./random.mjs";
import { START } from "./write.mjs";

/** It writes a journal from `journalctl -o export`; Debian's package is systemd-journal-remote. */
export const WRITER = ["/usr/lib/systemd/systemd-journal-remote", "/lib/systemd/systemd-journal-remote"].find(
  fs.existsSync,
);

const BOOT = "b1f0c0ffee0a4a5e9c0d1e2f3a4b5c6d";
const MACHINE = "0123456789abcdef0123456789abcdef";
const UNITS = [
  { name: "dockerd", pid: 611, unit: "docker.service" },
  { name: "containerd", pid: 540, unit: "containerd.service" },
  { name: "kubelet", pid: 900, unit: "kubelet.service" },
  { name: "systemd", pid: 1, unit: "init.scope" },
];
const DAY_US = 86_400e6;
const AT_ONCE = 5000;

/** An entry with the fields that journald gives a service's line. */
function entry(next, us) {
  const { name, pid, unit } = UNITS[next(10) < 7 ? 0 : next(UNITS.length)];
  const stamp = `${new Date(us / 1000).toISOString().slice(0, -1)}${100 + next(900)}041Z`;
  const since = us - START + 1_000_000;
  return `__REALTIME_TIMESTAMP=${us}
__MONOTONIC_TIMESTAMP=${since}
_BOOT_ID=${BOOT}
PRIORITY=${5 + next(3)}
SYSLOG_FACILITY=3
SYSLOG_IDENTIFIER=${name}
_TRANSPORT=stdout
_PID=${pid}
_UID=0
_GID=0
_COMM=${name}
_EXE=/usr/bin/${name}
_CMDLINE=/usr/bin/${name} --config /etc/${name}.conf
_SYSTEMD_CGROUP=/system.slice/${unit}
_SYSTEMD_UNIT=${unit}
_SYSTEMD_SLICE=system.slice
_MACHINE_ID=${MACHINE}
_HOSTNAME=node-17
MESSAGE=time="${stamp}" level=debug msg="${talk(next)}"

`;
}

/**
 * A day of a docker host's binary journal: a folder, as the writer begins a new file every 80 MB.
 * @param entries how many
 * @returns the folder; `undefined` where nothing is installed that writes one
 */
export function binaryJournal(dir, entries) {
  if (fs.existsSync(dir)) return dir;
  if (WRITER === undefined) return undefined;
  const part = `${dir}.part`;
  const exported = `${dir}.export`;
  fs.rmSync(part, { recursive: true, force: true });
  fs.mkdirSync(part, { recursive: true });
  const fd = fs.openSync(exported, "w");
  const next = generator(1);
  let parts = [];
  for (let i = 0; i < entries; i++) {
    parts.push(entry(next, START + Math.floor((i * DAY_US) / entries)));
    if (parts.length < AT_ONCE && i < entries - 1) continue;
    fs.writeSync(fd, parts.join(""));
    parts = [];
  }
  fs.closeSync(fd);
  const { status } = spawnSync(WRITER, ["-o", path.join(part, "system.journal"), exported], {
    stdio: "ignore",
  });
  fs.rmSync(exported);
  if (status !== 0) return undefined;
  fs.renameSync(part, dir);
  return dir;
}

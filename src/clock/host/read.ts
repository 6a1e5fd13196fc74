import { DAY_US, HOUR_US, MINUTE_US, SECOND_US } from "../../model/calendar.js";
import { readStamp } from "../stamps.js";
import { isTzFile, readTzFile } from "../tzfile.js";
import { namedZone, type ZoneRules } from "../zone.js";
import { offsetOf, readDate } from "./date-output.js";
import type { Told } from "./told.js";

/** What tells something does so in its first bytes … */
const FEW_BYTES = 2 << 10;
/** … but for counters of many processors, and lists of many boots, which are known by theirs. */
const MANY_BYTES = 128 << 10;
const LONG_ONES = /^cpu +\d|^IDX +BOOT ID|^ *-?\d+ [0-9a-f]{32} /;

type Reader = (text: string, path: string) => Told | undefined;

/** The zone of this name, if there is one. */
function zoneCalled(name: string): ZoneRules | undefined {
  try {
    return namedZone(name);
  } catch {
    return undefined;
  }
}

const zoneTold = (name: string | undefined): Told | undefined => {
  const zone = name === undefined ? undefined : zoneCalled(name);
  return zone && { zone };
};

const local = (text: string): number => readStamp("datetime", text).us;

/** `timedatectl` (systemd, src/timedate/timedatectl.c). */
const timedatectl: Reader = (text) => {
  if (!/^ *(?:Local time|Universal time): /m.test(text)) return undefined;
  const told: Told = {};
  const zone = /^ *Time ?zone: (\S+)(?: \(\S+, ([+-]\d{4})\))?$/im.exec(text);
  Object.assign(told, zoneTold(zone?.[1]));
  const offset = zone?.[2] && offsetOf(zone[2]);
  if (typeof offset === "number") told.offset = offset;
  const utc = /^ *Universal time: \S+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: UTC)?$/m.exec(text);
  if (utc) told.utc = local(utc[1]!);
  return told;
};

/** `hostnamectl` (systemd, src/hostname/hostnamectl.c), and the first line of `uname -a` (coreutils, src/uname.c). */
const named: Reader = (text) => {
  const name =
    /^ *Static hostname: (\S+)$/m.exec(text)?.[1] ??
    /^Linux (\S+) \d+\.\d+\S* #\d.* (?:GNU\/Linux|\S+ \S+)\s*$/.exec(text)?.[1];
  return name === undefined ? undefined : { name };
};

/** A name alone is told from any other word by its file's name only. */
const hostnameFile: Reader = (text, path) =>
  /(?:^|\/)(?:hostname(?:\.txt|_-f)?|HOSTNAME)$/.test(path) && /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/.test(text)
    ? { name: text }
    : undefined;

/** /etc/timezone (Debian), /etc/sysconfig/clock (Red Hat before 7). Short names are other words as well. */
const timezoneFile: Reader = (text, path) => {
  const name =
    /^[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2}$/.exec(text)?.[0] ??
    /^ZONE="?([A-Za-z0-9_+/-]+)"?$/m.exec(text)?.[1] ??
    (/(?:^|\/)timezone$/.test(path) ? /^[A-Z][A-Za-z0-9]+$/.exec(text)?.[0] : undefined);
  return zoneTold(name);
};

/** What troubleshoot.sh collects of a host's time (replicatedhq/troubleshoot, pkg/collect/host_time.go). */
const troubleshoot: Reader = (text) =>
  /^\{\s*"timezone":.*"ntp_synchronized":/s.test(text)
    ? zoneTold(/"timezone":\s*"([^"]+)"/.exec(text)?.[1])
    : undefined;

/** When must-gather ran (openshift/oc, pkg/cli/admin/mustgather): a time as Go prints it, of the collecting machine. */
const mustGather: Reader = (text, path) => {
  if (!/(?:^|\/)timestamp$/.test(path)) return undefined;
  const [, stamp, zone] =
    /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4}) \S+(?: m=\S+)?$/.exec(text) ?? [];
  return stamp === undefined ? undefined : { utc: local(stamp) - offsetOf(zone!)! };
};

/** /proc/stat (Linux, fs/proc/stat.c): the boot's second. */
const procStat: Reader = (text) => {
  if (!/^cpu +\d+ \d/.test(text)) return undefined;
  const seconds = /^btime (\d+)$/m.exec(text)?.[1];
  return seconds === undefined ? undefined : { boot: { at: Number(seconds) * SECOND_US, within: SECOND_US } };
};

/** /proc/uptime (Linux, fs/proc/uptime.c), and `uptime` (procps, library/uptime.c). */
const uptime: Reader = (text) => {
  const proc = /^(\d+\.\d\d) \d+\.\d\d$/.exec(text);
  if (proc) return { uptime: Number(proc[1]) * SECOND_US };
  const spoken =
    /^\d\d:\d\d:\d\d up +(?:(\d+) days?, +)?(?:(\d+):(\d\d)|(\d+) min), +\d+ users?, +load average: /.exec(
      text,
    );
  if (!spoken) return undefined;
  const [days, hours, minutes, alone] = spoken.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return { uptime: days * DAY_US + hours * HOUR_US + (minutes + alone) * MINUTE_US };
};

/**
 * `journalctl --list-boots` (systemd, src/journal/journalctl.c): the first entry of the running boot, which is written when the journal
 * begins, not long after the boot. In older versions, a dash of three bytes stands between its two times.
 */
const listBoots: Reader = (text) => {
  const found =
    /^ *0 [0-9a-f]{32} [A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (\S+?)(?:\xe2\x80\x94| [A-Z][a-z]{2} \d{4}-)/m.exec(
      text,
    );
  if (!found) return undefined;
  const within = MINUTE_US;
  const at = local(found[1]!) - within;
  const offset = /^(?:UTC|GMT)$/.test(found[2]!) ? 0 : offsetOf(found[2]!);
  return offset === undefined ? { bootLocal: { at, within } } : { boot: { at: at - offset, within } };
};

const READERS: readonly Reader[] = [
  readDate,
  timedatectl,
  named,
  hostnameFile,
  timezoneFile,
  troubleshoot,
  mustGather,
  procStat,
  uptime,
  listBoots,
];

/**
 * What a file tells of the host that it was collected on; told by its contents wherever they suffice.
 *
 * @param path as shown, `/` separated
 * @param bytes the whole of a small file, or the beginning of one
 */
export function readTold(path: string, bytes: Buffer): Told | undefined {
  if (isTzFile(bytes)) {
    const zone = readTzFile(bytes);
    return zone && { zone };
  }
  const few = bytes.toString("latin1", 0, FEW_BYTES);
  const text = (LONG_ONES.test(few) ? bytes.toString("latin1", 0, MANY_BYTES) : few).trim();
  for (const read of READERS) {
    const told = read(text, path);
    if (told) return told;
  }
  return undefined;
}

/** What a link tells by where it leads: /etc/localtime is one into the tz database. */
export function readLink(path: string, target: string): Told | undefined {
  return /(?:^|\/)etc\/localtime$/.test(path)
    ? zoneTold(/zoneinfo\/(?:posix\/|right\/)?([A-Za-z0-9_+/-]+)$/.exec(target)?.[1])
    : undefined;
}

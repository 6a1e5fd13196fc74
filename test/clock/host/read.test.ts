import { describe, expect, it } from "@jest/globals";
import { readLink, readTold } from "../../../src/clock/host/read.js";
import type { Told } from "../../../src/clock/host/told.js";

const utc = (text: string) => Date.parse(text) * 1000;
const HOUR = 3600e6;
const MINUTE = 60e6;

/** What is told, its zone by its name. */
function told(path: string, text: string): Omit<Told, "zone"> & { zone?: string } {
  const { zone, ...rest } = readTold(path, Buffer.from(text)) ?? {};
  return { ...rest, ...(zone && { zone: zone.name }) };
}

const AT = utc("2026-11-22T03:50:45Z");

describe("what a file tells of its host", () => {
  it.each<[string, string, object]>([
    ["date", "Sun Nov 22 03:50:45 UTC 2026\n", { utc: AT }],
    ["date", "Sun Nov 22 06:50:45 MSK 2026\n", { local: AT + 3 * HOUR, offset: 3 * HOUR, utc: AT }],
    ["date", "Sun Nov 22 09:20:45 IST 2026\n", { local: AT + 5.5 * HOUR }],
    ["date", "Sun Nov 22 07:50:45 +04 2026\n", { local: AT + 4 * HOUR, offset: 4 * HOUR, utc: AT }],
    ["date", "Sun 22 Nov 2026 12:50:45 AM -03\n", { local: AT - 3 * HOUR, offset: -3 * HOUR, utc: AT }],
    ["date", "Sun 22 Nov 2026 12:50:45 PM JST\n", { local: AT + 9 * HOUR, offset: 9 * HOUR, utc: AT }],
    ["date_-R", "Sun, 22 Nov 2026 06:50:45 +0300\n", { local: AT + 3 * HOUR, offset: 3 * HOUR, utc: AT }],
    [
      "timedatectl",
      "               Local time: Sun 2026-11-22 06:50:45 MSK\n           Universal time: Sun 2026-11-22 03:50:45 UTC\n                 RTC time: Sun 2026-11-22 03:50:45\n                Time zone: Europe/Moscow (MSK, +0300)\nSystem clock synchronized: yes\n",
      { zone: "Europe/Moscow", offset: 3 * HOUR, utc: AT },
    ],
    ["etc/timezone", "America/Argentina/Buenos_Aires\n", { zone: "America/Argentina/Buenos_Aires" }],
    ["etc/sysconfig/clock", 'ZONE="Europe/Berlin"\nUTC=true\n', { zone: "Europe/Berlin" }],
    [
      "hostnamectl",
      " Static hostname: node-1.example.net\n       Icon name: computer-vm\n",
      { name: "node-1.example.net" },
    ],
    [
      "uname_-a",
      "Linux node-1 5.14.0-362.el9.x86_64 #1 SMP PREEMPT_DYNAMIC Thu Nov 9 2026 x86_64 x86_64 x86_64 GNU/Linux\n",
      { name: "node-1" },
    ],
    ["sos_commands/host/hostname", "node-1\n", { name: "node-1" }],
    [
      "proc/stat",
      "cpu  10 20 30 40\ncpu0 10 20 30 40\nctxt 5\nbtime 1795319188\nprocesses 9\n",
      { boot: { at: 1_795_319_188e6, within: 1e6 } },
    ],
    ["proc/uptime", "12345.67 98765.43\n", { uptime: 12345.67e6 }],
    [
      "uptime",
      " 03:50:45 up 12 days,  3:45,  2 users,  load average: 0.00, 0.01, 0.05\n",
      { uptime: (12 * 24 + 3) * HOUR + 45 * MINUTE },
    ],
    ["uptime", " 03:50:45 up 7 min,  1 user,  load average: 0.00, 0.01, 0.05\n", { uptime: 7 * MINUTE }],
    [
      "journalctl_--list-boots",
      "-1 0123456789abcdef0123456789abcdef Sat 2026-11-21 03:00:00 UTC—Sat 2026-11-21 22:00:00 UTC\n 0 fedcba9876543210fedcba9876543210 Sun 2026-11-22 03:10:00 UTC—Sun 2026-11-22 03:50:44 UTC\n",
      { boot: { at: utc("2026-11-22T03:09:00Z"), within: MINUTE } },
    ],
    [
      "boots.txt",
      "IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY\n  0 fedcba9876543210fedcba9876543210 Sun 2026-11-22 06:10:00 EAT Sun 2026-11-22 06:50:44 EAT\n",
      { boot: { at: utc("2026-11-22T03:09:00Z"), within: MINUTE } },
    ],
    [
      "host-collectors/system/time.json",
      '{"timezone":"Europe/Berlin","ntp_synchronized":true,"ntp_active":true}',
      { zone: "Europe/Berlin" },
    ],
    ["must-gather/timestamp", "2026-11-22 06:50:45.123456789 +0300 MSK m=+0.123\n", { utc: AT }],
  ])("%s: %j", (path, text, expected) => expect(told(path, text)).toEqual(expected));

  it.each<[string, string]>([
    ["notes", "node-1\n"],
    ["zones", "UTC\n"],
    ["path", "Some/Where\n"],
    ["log", "Sun Nov 22 03:50:45 UTC 2026 it began\n"],
    ["log", "Sun Nov 22 03:50:45 UTC 2026\nSun Nov 22 03:50:46 UTC 2026\n"],
    ["two-numbers", "1 2\n"],
    ["stat", "cpu usage\nbtime 5\n"],
    ["empty", ""],
    ["etc/localtime", "TZif2 and what follows is cut"],
  ])("nothing is told by %s: %j", (path, text) => expect(told(path, text)).toEqual({}));

  it("a link into the tz database names the zone", () => {
    expect(readLink("bundle.tgz!/sos/etc/localtime", "../usr/share/zoneinfo/Europe/Moscow")?.zone?.name).toBe(
      "Europe/Moscow",
    );
    expect(readLink("sos/etc/localtime", "/tmp/evil")).toBeUndefined();
    expect(readLink("sos/etc/other", "/usr/share/zoneinfo/Europe/Moscow")).toBeUndefined();
  });
});

import { describe, expect, it } from "@jest/globals";
import { Hosts } from "../../../src/clock/host/facts.js";
import { readTold } from "../../../src/clock/host/read.js";
import { isOfContainer } from "../../../src/clock/host/roots.js";

const utc = (text: string) => Date.parse(text) * 1000;

/** Facts from files, by their paths. */
const hostsOf = (files: Record<string, string>) =>
  new Hosts(
    Object.entries(files).flatMap(([path, text]) => {
      const value = readTold(path, Buffer.from(text));
      return value ? [{ path, value }] : [];
    }),
  );

const BOTH = {
  "a.tgz!/sos-node-1/etc/hostname": "node-1\n",
  "a.tgz!/sos-node-1/etc/timezone": "Europe/Moscow\n",
  "a.tgz!/sos-node-1/sos_commands/date/date": "Sun Nov 22 06:50:45 MSK 2026\n",
  "a.tgz!/sos-node-1/proc/stat": "cpu  1 2 3\nbtime 1795319188\n",
  "b/date": "Sun Nov 22 04:50:45 CET 2026\n",
  "b/hostname": "node-2\n",
};

describe("what is known of hosts", () => {
  it("is put together from the files of each bundle, and holds for what is in it", () => {
    const hosts = hostsOf(BOTH);
    const first = hosts.of("a.tgz!/sos-node-1/var/log/messages")!;
    expect(first).toMatchObject({
      root: "a.tgz!/sos-node-1",
      name: { value: "node-1", path: "a.tgz!/sos-node-1/etc/hostname" },
      zone: { value: { name: "Europe/Moscow" }, path: "a.tgz!/sos-node-1/etc/timezone" },
      collected: { value: utc("2026-11-22T03:50:45Z") },
      boot: { value: { at: 1_795_319_188e6, within: 1e6 } },
    });
    expect(hosts.of("a.tgz!/sos-node-1/etc/timezone")).toBe(first);
    expect(hosts.of("b/var/log/syslog")).toMatchObject({
      name: { value: "node-2" },
      zone: { value: { name: "UTC+01:00" } },
    });
    expect(hosts.of("c/var/log/syslog")).toBeUndefined();
    expect(hosts.of("journal.txt")).toBeUndefined();
  });

  it("holds for all below the given folder where that is told", () =>
    expect(hostsOf({ timezone: "Europe/Moscow" }).of("logs/journal.txt")?.zone?.value.name).toBe(
      "Europe/Moscow",
    ));

  it("is not handed on to the bundle of another host inside", () => {
    const hosts = hostsOf({ "etc/timezone": "Europe/Moscow", "inner/etc/hostname": "node-9" });
    expect(hosts.of("inner/var/log/messages")).toEqual({
      root: "inner",
      name: { value: "node-9", path: "inner/etc/hostname" },
    });
  });

  it("is nothing where files of several hosts lie in one folder", () =>
    expect(
      hostsOf({ "x/etc/hostname": "node-1", "x/hostname": "node-2", "x/timezone": "Europe/Moscow" }).of(
        "x/log",
      ),
    ).toEqual({ root: "x" }));

  it("takes a host's short and long name for one", () =>
    expect(
      hostsOf({
        "x/etc/hostname": "node-1",
        "x/uname": "Linux node-1.example.net 6.1.0-9 #1 SMP 2026 x86_64 GNU/Linux",
      }).of("x/log")?.name?.value,
    ).toBe("node-1"));

  it("has no zone where two are told", () =>
    expect(
      hostsOf({ "x/etc/timezone": "Europe/Moscow", "x/zone": "Europe/Berlin" }).of("x/log")?.zone,
    ).toBeUndefined());

  it("finds the zone by a clock that was read twice, where its abbreviation means several", () =>
    expect(
      hostsOf({
        "x/date": "Sun Nov 22 09:20:45 IST 2026",
        "x/date_--utc": "Sun Nov 22 03:50:44 UTC 2026",
      }).of("x/log"),
    ).toMatchObject({
      zone: { value: { name: "UTC+05:30" }, path: "x/date" },
      collected: { value: utc("2026-11-22T03:50:45Z") },
    }));

  it("does not take `date -u` for the host's zone", () =>
    expect(hostsOf({ "x/date": "Sun Nov 22 03:50:45 UTC 2026" }).of("x/log")).toEqual({
      root: "x",
      collected: { value: utc("2026-11-22T03:50:45Z"), path: "x/date" },
    }));

  it("reckons the boot from how long the host was up, with what may have passed between two commands", () => {
    const { boot } = hostsOf({
      "x/proc/uptime": "3600.00 1.00",
      "x/date": "Sun Nov 22 03:50:45 UTC 2026",
    }).of("x/log")!;
    expect(boot).toEqual({
      path: "x/proc/uptime",
      value: { at: utc("2026-11-22T02:45:45Z"), within: 600e6 },
    });
  });

  it("prefers the kernel's own word for the boot, and takes none where two contradict each other", () => {
    const boots = (first: string) =>
      ` 0 fedcba9876543210fedcba9876543210 Sun ${first} UTC—Sun 2026-11-22 23:50:44 UTC`;
    // btime 1795319188 is 2026-11-22 03:46:28 UTC.
    const with_ = (first: string) =>
      hostsOf({ "x/proc/stat": BOTH["a.tgz!/sos-node-1/proc/stat"], "x/boots": boots(first) }).of("x/log")!
        .boot;
    expect(with_("2026-11-22 03:46:35")).toEqual({
      path: "x/proc/stat",
      value: { at: 1_795_319_188e6, within: 1e6 },
    });
    expect(with_("2026-11-22 09:46:35")).toBeUndefined();
  });

  it.each([
    ["sos/sos_commands/docker/docker_logs_-t_registry", true],
    ["sos/var/log/pods/ns_pod_uid/app/0.log", true],
    ["sos/var/lib/docker/containers/0123/0123-json.log", true],
    ["sos/var/log/messages", false],
    ["sos/sos_commands/docker/docker_ps", false],
  ])("%s is a container's: %s", (path, expected) => expect(isOfContainer(path)).toBe(expected));
});

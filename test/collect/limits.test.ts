import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CollectOptions } from "../../src/collect/options.js";
import { scriptFor } from "./scripts.js";

const isLinux = process.platform === "linux";
const shells = [["sh"], ["busybox", "sh"], ["bash"]].filter(
  ([shell]) => spawnSync(shell!, ["-c", "true"]).error === undefined,
);

/** What `docker inspect` prints of a container whose password is in its environment, indented as docker does it. */
const INSPECT = JSON.stringify(
  [
    {
      Id: "b2588491bd6f",
      Name: "/web",
      Config: {
        Env: ["PATH=/bin", "DB_PASSWORD=hunter2 ],", 'QUOTED="]"'],
        Cmd: ["serve"],
        Image: "web:1",
      },
      HostConfig: { Env: null, Privileged: false },
      Mounts: [],
    },
    { Id: "c2588491bd6f", Config: { Env: [], Labels: {} } },
  ],
  null,
  4,
);

const DOCKER = `#!/bin/sh
case "$*" in
  version) echo 'Client: 1' ;;
  'ps -aq') echo b2588491bd6f; echo c2588491bd6f ;;
  'inspect b2588491bd6f c2588491bd6f' | 'inspect web') cat <<'END'
${INSPECT}
END
  ;;
  'ps -a --format {{.Names}} {{.Image}}') printf '%s\\n' 'web web:1' 'hub registry:2' 'mine docker.io/library/registry' 'ui registry-ui:1' ;;
  logs*) echo "2026-11-22T03:52:32.525263649Z said by $7"; echo '2026-11-22T03:52:33.525263649Z and this' >&2 ;;
  *) exit 1 ;;
esac
`;

(isLinux ? describe : describe.skip)("a script", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "collect-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** A place to run a script in: a folder for its temporary files, and one with programs that go before the machine's own. */
  function place(programs: Record<string, string> = {}) {
    const own = fs.mkdtempSync(path.join(folder, "case-"));
    for (const name of ["tmp", "bin"]) fs.mkdirSync(path.join(own, name));
    // Nothing of the machine that this runs on is captured or asked.
    const quiet = {
      tcpdump: "#!/bin/sh\nexit 1\n",
      journalctl: "#!/bin/sh\n",
      dmesg: "#!/bin/sh\necho '[    0.000000] Linux version 6'\n",
    };
    for (const [name, text] of Object.entries({ ...quiet, ...programs }))
      fs.writeFileSync(path.join(own, "bin", name), text, { mode: 0o755 });
    return own;
  }

  function start(own: string, script: string, shell: readonly string[] = ["sh"]) {
    const file = path.join(own, "collect.sh");
    fs.writeFileSync(file, script);
    const child = spawn(shell[0]!, [...shell.slice(1), file, path.join(own, "a.tar.gz")], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: `${own}/bin:${process.env["PATH"]}`,
        TMPDIR: `${own}/tmp`,
        DOCKER_HOST: "unix:///nowhere",
      },
    });
    let told = "";
    child.stderr.on("data", (chunk) => {
      told += chunk;
    });
    return { child, ended: once(child, "close").then(([status]) => ({ status, told })), told: () => told };
  }

  const run = (
    own: string,
    options: Partial<CollectOptions>,
    change = (text: string) => text,
    shell?: readonly string[],
  ) => start(own, change(scriptFor({ problems: ["registry"], duration: 1, ...options })), shell).ended;

  const member = (own: string, name: string) =>
    execFileSync("tar", ["-xzOf", path.join(own, "a.tar.gz"), "--wildcards", `*/${name}`], {
      encoding: "utf8",
    });

  /** What a script has left: files, and processes that were started where its files are. */
  function left(own: string): string[] {
    const processes = fs.readdirSync("/proc").filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/environ`, "latin1").includes(`TMPDIR=${own}/tmp`)
        );
      } catch {
        return false;
      }
    });
    return [...fs.readdirSync(path.join(own, "tmp")), ...processes];
  }

  it.each(shells)(
    "keeps to itself what containers have in their environment, and the logs of those that are no registries (%s)",
    async (...shell) => {
      const own = place({ docker: DOCKER });
      const { status } = await run(own, {}, undefined, shell);
      expect(status).toBe(0);
      const without = JSON.parse(INSPECT);
      without[0].Config.Env = [];
      expect(JSON.parse(member(own, "docker/inspect.json"))).toEqual(without);
      const names = execFileSync("tar", ["-tzf", path.join(own, "a.tar.gz")], { encoding: "utf8" });
      expect([...names.matchAll(/containers\/(\w+)\/logs/g)].map(([, name]) => name)).toEqual([
        "hub",
        "mine",
      ]);
      // What was packed is for its owner alone.
      expect(fs.statSync(path.join(own, "a.tar.gz")).mode & 0o777).toBe(0o600);
      expect(left(own)).toEqual([]);
    },
  );

  it("keeps it on request, and the logs of the containers that were named", async () => {
    const own = place({ docker: DOCKER });
    await run(own, { withEnv: true, containers: ["web"] });
    expect(JSON.parse(member(own, "docker/inspect.json"))).toEqual(JSON.parse(INSPECT));
    expect(member(own, "containers/web/logs.txt")).toMatch(/said by .*\n.*and this\n/);
  });

  it("asks a daemon that hangs once, and goes on", async () => {
    const own = place({ docker: "#!/bin/sh\nsleep 100\n" });
    const { status, told } = await run(own, {}, (text) => text.replace("TIME_LIMIT=30", "TIME_LIMIT=1"));
    expect(status).toBe(0);
    expect(told).toContain("docker/inspect.json: not collected: the docker daemon does not answer");
    expect(left(own)).toEqual([]);
  });

  it("stops what writes without end, and says so", async () => {
    const own = place({ dmesg: "#!/bin/sh\nwhile :; do echo '[    1.000000] again'; done\n" });
    const { status, told } = await run(own, {}, (text) => text.replace(/MAX_BYTES=\d+/, "MAX_BYTES=1000000"));
    expect(status).toBe(0);
    expect(told).toMatch(/dmesg\.txt\n.*stopped at its limit of size/);
    expect(member(own, "dmesg.txt").length).toBeLessThanOrEqual(100_000);
    expect(member(own, "MANIFEST")).toMatch(
      /status=153 bytes=\d+ sha256=[0-9a-f]{64} file=dmesg\.txt command=dmesg\n/,
    );
  });

  it("says what it did not find, and goes on", async () => {
    const own = place({ ip: "#!/bin/sh\necho 'no such thing' >&2\nexit 3\n" });
    const { status, told } = await run(own, {});
    expect(status).toBe(0);
    expect(told).toContain(
      "network/ip_route.txt\nhindcast collect:   ended with status 3\nhindcast collect:   no such thing",
    );
    expect(member(own, "MANIFEST")).toMatch(/^missing \S+Z docker\/info\.txt: .+$/m);
    expect(member(own, "MANIFEST")).toMatch(/^note \S+Z network\/ip_route\.txt: no such thing$/m);
  });

  it("overwrites nothing", async () => {
    const own = place();
    fs.writeFileSync(path.join(own, "a.tar.gz"), "mine");
    expect(await run(own, {})).toMatchObject({ status: 2, told: expect.stringContaining("exists already") });
    expect(fs.readFileSync(path.join(own, "a.tar.gz"), "utf8")).toBe("mine");
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("leaves nothing behind when it is interrupted by %s", async (signal, expected) => {
    const own = place({
      tcpdump:
        "#!/bin/sh\ncase $* in --help) ;; *-L*) echo LINUX_SLL2 ;; *) echo 'listening on any' >&2; sleep 100 ;; esac\n",
    });
    const script = start(own, scriptFor({ problems: ["registry"] }));
    script.child.stderr.on("data", () => {
      if (script.told().includes("let the problem happen")) script.child.kill(signal);
    });
    expect(await script.ended).toMatchObject({
      status: expected,
      told: expect.stringContaining("interrupted: nothing was kept"),
    });
    expect(left(own)).toEqual([]);
    expect(fs.existsSync(path.join(own, "a.tar.gz"))).toBe(false);
  });
});

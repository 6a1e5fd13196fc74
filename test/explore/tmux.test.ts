import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";

// A terminal on a busy machine may take its time with what was typed.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** The built program in a real terminal. */
const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/hindcast.js");
const incident = path.join(root, "fixtures/incidents/docker-bad-dns");
const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
const inTmux = hasTmux && fs.existsSync(program) ? describe : describe.skip;

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "explore-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A terminal with a shell in it, of a tmux server of its own. */
class Terminal {
  private readonly server = [
    "-S",
    path.join(dir, `tmux-${Math.random().toString(36).slice(2)}`),
    "-f",
    "/dev/null",
  ];

  constructor(env: Record<string, string> = {}) {
    const set = Object.entries({ LC_ALL: "C.UTF-8", ...env }).flatMap(([name, value]) => [
      "-e",
      `${name}=${value}`,
    ]);
    this.tmux("new-session", "-d", "-x", "80", "-y", "24", ...set, "sh");
    this.tmux("set-option", "-g", "status", "off");
    this.tmux("resize-window", "-x", "80", "-y", "24");
    // A shell of root ignores the prompt of its environment.
    this.type("PS1='ready'; PS1=$PS1'> '; clear\n");
  }

  private tmux(...args: string[]): string {
    const { stdout, stderr, status } = spawnSync("tmux", [...this.server, ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"]!, HOME: dir, TMUX_TMPDIR: dir, LC_ALL: "C.UTF-8" },
    });
    if (status !== 0) throw new Error(`tmux ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  screen = (): string => this.tmux("capture-pane", "-p");

  press(...keys: string[]): void {
    this.tmux("send-keys", ...keys);
  }

  type(text: string): void {
    this.tmux("send-keys", "-l", text);
  }

  resize(columns: number, rows: number): void {
    this.tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`);
  }

  /** What the terminal was told to be like. */
  modes = (): string =>
    this.tmux(
      "display-message",
      "-p",
      "screen #{alternate_on} cursor #{cursor_flag} mouse #{mouse_standard_flag}#{mouse_button_flag}#{mouse_sgr_flag} wrap #{wrap_flag}",
    ).trim();

  /** Waits until the screen shows something, and gives the screen. */
  async see(what: string | RegExp): Promise<string> {
    let screen = "";
    for (let tries = 0; tries < 150; tries++) {
      screen = this.screen();
      if (typeof what === "string" ? screen.includes(what) : what.test(screen)) return screen;
      await pause(100);
    }
    throw new Error(`${what} was not shown, but:\n${screen}`);
  }

  async explore(...args: string[]): Promise<void> {
    this.type(`${process.execPath} ${program} explore ${args.join(" ")} ${incident}; echo left $?\n`);
    await this.see("Story   2 Timeline");
  }

  /** What the shell runs. */
  child(): number {
    const shell = this.tmux("display-message", "-p", "#{pane_pid}").trim();
    return Number(fs.readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8"));
  }

  end(): void {
    spawnSync("tmux", [...this.server, "kill-server"]);
  }
}

const AS_BEFORE = "screen 0 cursor 1 mouse 000 wrap 1";

inTmux("hindcast explore in a terminal", () => {
  let terminal: Terminal;
  beforeAll(async () => {
    terminal = new Terminal();
    await terminal.see("ready>");
  }, 60_000);
  afterAll(() => terminal?.end());

  it("shows every view, finds, follows the mouse and the size, and leaves no trace", async () => {
    await terminal.explore();
    expect(terminal.modes()).toBe("screen 1 cursor 0 mouse 101 wrap 0");
    await terminal.see("ROOT CAUSE  high");
    for (const [key, shows] of [
      ["2", "s across"],
      ["3", "Findings"],
      ["4", "journal.txt:3"],
      ["5", "nginx_access.log"],
      ["6", "WHAT TO COLLECT NEXT TIME"],
    ] as const) {
      terminal.press(key);
      await terminal.see(shows);
    }
    terminal.press("4");
    terminal.type("/404\n");
    await terminal.see(/Evidence +11\/13/);
    // A click on the third row, and another one, which opens it.
    terminal.type("\x1b[<0;20;4M\x1b[<0;20;4m");
    await terminal.see(/Evidence +3\/13/);
    terminal.type("\x1b[<0;20;4M\x1b[<0;20;4m");
    await terminal.see("WHERE AND WHEN");
    terminal.press("t");
    await terminal.see("a column");
    terminal.type("\x1b[<64;40;8M");
    await terminal.see("w b next event");
    terminal.resize(120, 40);
    await terminal.see(/6 Missing .*hindcast/);
    terminal.resize(60, 16);
    expect((await terminal.see("6 Mis")).split("\n").every((line) => line.length <= 60)).toBe(true);
    terminal.press("Q");
    await terminal.see("left 0");
    expect(terminal.modes()).toBe(AS_BEFORE);
  }, 60_000);

  it("writes the report into a new file, and never over another one", async () => {
    terminal.resize(100, 24);
    terminal.press("clear", "Enter");
    await terminal.explore();
    const file = path.join(dir, "report.md");
    for (const told of ["written: ", "not written: there is such a file already"]) {
      terminal.press("e", "C-u");
      terminal.type(`${file}\n`);
      await terminal.see(`·  ${told}`);
    }
    expect(fs.readFileSync(file, "utf8")).toContain("A DNS server did not answer in time");
    terminal.press("q");
    await terminal.see("left 0");
  }, 60_000);

  it("gives the terminal back after Ctrl-C, after a signal, and while it is suspended", async () => {
    terminal.resize(80, 24);
    terminal.press("clear", "Enter");
    await terminal.explore();
    terminal.press("C-z");
    await terminal.see(/Stopped|suspended/i);
    expect(terminal.modes()).toBe(AS_BEFORE);
    terminal.type("fg\n");
    await terminal.see("Story   2 Timeline");
    expect(terminal.modes()).toBe("screen 1 cursor 0 mouse 101 wrap 0");
    terminal.press("C-c");
    await terminal.see("ready> fg");
    expect(terminal.modes()).toBe(AS_BEFORE);
    terminal.press("clear", "Enter");
    await terminal.explore();
    process.kill(terminal.child(), "SIGTERM");
    await terminal.see("left 143");
    expect(terminal.modes()).toBe(AS_BEFORE);
  }, 60_000);
});

inTmux("hindcast explore in a poorer terminal", () => {
  it("draws with ASCII where the locale has nothing else, without colours and without the mouse when asked", async () => {
    const terminal = new Terminal({ LC_ALL: "C", NO_COLOR: "1" });
    try {
      await terminal.see("ready>");
      await terminal.explore("--no-mouse");
      terminal.press("2");
      expect(await terminal.see("s across")).toMatch(/^[\x20-\x7e\n]*$/);
      expect(terminal.modes()).toBe("screen 1 cursor 0 mouse 000 wrap 0");
      terminal.press("q");
      await terminal.see("left 0");
    } finally {
      terminal.end();
    }
  }, 60_000);

  it("says what else there is where the terminal cannot move its cursor, or there is none", () => {
    const { status, stderr } = spawnSync(process.execPath, [program, "explore", incident], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^hindcast: explore: it needs a terminal .*hindcast PATH \| less.*-f html/);
  });
});

import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { describe, expect, it } from "@jest/globals";
import type { Size } from "../../src/explore/state.js";
import { Painter } from "../../src/explore/terminal/painter.js";
import { Session } from "../../src/explore/terminal/session.js";
import { badDns } from "../report/sample-bad-dns.js";
import { studyOf } from "./sample.js";

// As users run it: React's checks for developers take most of the time, and print what failed on purpose.
process.env["NODE_ENV"] = "production";
const { explore } = await import("../../src/explore/explore.js");

/** A terminal that remembers what it was told, and can be typed at. */
class FakeTerminal {
  readonly stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    raw: false,
    setRawMode(raw: boolean) {
      this.raw = raw;
      return this;
    },
    ref() {},
    unref() {},
  });
  readonly stdout = Object.assign(new EventEmitter(), {
    columns: 80,
    rows: 24,
    isTTY: true,
    told: "",
    write(text: string) {
      this.told += text;
      return true;
    },
  });
  private seen = 0;

  get streams() {
    return {
      stdin: this.stdin as unknown as ReadStream,
      stdout: this.stdout as unknown as WriteStream,
      mouse: true,
    };
  }

  resize(size: Size): void {
    Object.assign(this.stdout, size).emit("resize");
  }

  /** Types, and waits until the terminal was told of a text. Gives what it was told meanwhile, without colours. */
  async see(text: string, typed = ""): Promise<string> {
    if (typed !== "") this.stdin.write(typed);
    for (let tries = 0; tries < 400; tries++) {
      const news = this.stdout.told.slice(this.seen).replace(/\x1b\[\d*m/g, "");
      if (news.includes(text)) {
        this.seen = this.stdout.told.length;
        return news;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${text} was not shown`);
  }
}

const BEGIN = "\x1b[?1049h\x1b[?7l\x1b[?25l";
const MOUSE_ON = "\x1b[?1000h\x1b[?1006h";
const END = "\x1b[?1006l\x1b[?1000l\x1b[0m\x1b[?25h\x1b[?7h\x1b[?1049l";
const ends = ({ stdout }: FakeTerminal) => stdout.told.endsWith(END);

function begun(save = async (file: string) => `${file}: written`) {
  const terminal = new FakeTerminal();
  const over = explore(studyOf(badDns()), { ...terminal.streams, color: true, utf8: true, save });
  return { terminal, over };
}

describe("explore", () => {
  it("takes a screen of its own, draws, minds keys and the mouse, and gives the terminal back", async () => {
    const { terminal, over } = begun();
    const first = await terminal.see("q quit");
    expect(first.startsWith(BEGIN)).toBe(true);
    expect(first).toContain(MOUSE_ON);
    expect(first).toContain("ROOT CAUSE");
    expect(terminal.stdin.raw).toBe(true);
    await terminal.see("2/8", "4j");
    await terminal.see("4/8", "\x1b[<0;3;5M");
    await terminal.see("5/8", "\x1b[B");
    terminal.stdin.write("q");
    await over;
    expect(ends(terminal)).toBe(true);
    expect(terminal.stdin.raw).toBe(false);
  });

  it("draws anew for another size, and when it is asked to", async () => {
    const { terminal, over } = begun();
    await terminal.see("q quit");
    terminal.resize({ columns: 100, rows: 30 });
    expect((await terminal.see("q quit")).startsWith("\x1b[2J")).toBe(true);
    await terminal.see("\x1b[30;1H", "\x0c");
    terminal.stdin.write("\x03");
    await over;
  });

  it("writes the report where the user says, and tells what came of it", async () => {
    const { terminal, over } = begun(async (file) => `${file}: not written, it exists already`);
    await terminal.see("q quit");
    await terminal.see("a.html: not written, it exists already", "e\x15a.html\r");
    terminal.stdin.write("Q");
    await over;
  });

  it("gives the terminal back when the program fails", async () => {
    const { terminal, over } = begun(() => {
      throw new Error("no disk");
    });
    const failed = expect(over).rejects.toThrow("no disk");
    terminal.stdin.write("e\r");
    await failed;
    expect(ends(terminal)).toBe(true);
    expect(terminal.stdin.raw).toBe(false);
  });

  it("listens to nothing when it is over", async () => {
    const events = ["exit", "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT"];
    const before = events.map((event) => process.listenerCount(event));
    const { terminal, over } = begun();
    terminal.stdin.write("q");
    await over;
    expect(events.map((event) => process.listenerCount(event))).toEqual(before);
    expect(terminal.stdout.listenerCount("resize")).toBe(0);
  });
});

describe("a session", () => {
  it("leaves the mouse alone when it shall, and gives back only once", () => {
    const terminal = new FakeTerminal();
    const session = new Session({ ...terminal.streams, mouse: false }, () => {});
    session.begin();
    session.end();
    session.end();
    expect(terminal.stdout.told).not.toContain("1000");
    expect(terminal.stdout.told.split("\x1b[?1049l")).toHaveLength(2);
  });

  it("gives the terminal back when the process ends", () => {
    const terminal = new FakeTerminal();
    const session = new Session(terminal.streams, () => {});
    session.begin();
    for (const listener of process.listeners("exit").slice(-1)) listener(1);
    expect(ends(terminal)).toBe(true);
    session.end();
  });
});

describe("the painter", () => {
  it("tells the terminal of the lines that changed, and of no others", () => {
    const told: string[] = [];
    const painter = new Painter({ columns: 10, rows: 3 }, (text) => told.push(text));
    painter.write("a\nb\nc");
    painter.write("a\nB\nc");
    painter.write("a\nB\nc");
    expect(told).toEqual([
      "\x1b[2J\x1b[1;1H\x1b[Ka\x1b[0m\x1b[2;1H\x1b[Kb\x1b[0m\x1b[3;1H\x1b[Kc\x1b[0m",
      "\x1b[2;1H\x1b[KB\x1b[0m",
    ]);
  });

  it("wipes lines that are gone, and never draws below the screen", () => {
    const told: string[] = [];
    const painter = new Painter({ columns: 10, rows: 2 }, (text) => told.push(text));
    painter.write("a\nb\nc");
    painter.write("a");
    expect(told).toEqual([expect.not.stringContaining("c"), "\x1b[2;1H\x1b[K\x1b[0m"]);
  });
});

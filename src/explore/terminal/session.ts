import type { ReadStream, WriteStream } from "node:tty";

/**
 * What the terminal is told (xterm's private modes): another screen, without lines that go on in the next one and without a cursor; clicks and
 * the wheel, told in SGR form; and all of it back.
 */
const ENTER = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J\x1b[H";
const LEAVE = "\x1b[0m\x1b[?25h\x1b[?7h\x1b[?1049l";
const MOUSE_ON = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF = "\x1b[?1006l\x1b[?1000l";

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** The streams of a terminal, as far as they are needed. */
export interface Terminal {
  stdin: ReadStream;
  stdout: WriteStream;
  mouse: boolean;
}

/**
 * Holds a terminal while something is drawn all over it, and gives it back as it was, whatever happens: at the end, when an error
 * ends the program, on signals, and while it is suspended.
 */
export class Session {
  private held = false;

  /** @param again is called when the screen has to be drawn anew, after the program was suspended */
  constructor(
    private readonly terminal: Terminal,
    private readonly again: () => void,
  ) {}

  begin(): void {
    process.on("exit", this.release);
    for (const signal of ENDING) process.on(signal, this.ended);
    process.on("SIGTSTP", this.suspend);
    process.on("SIGCONT", this.resume);
    this.hold();
  }

  end(): void {
    this.release();
    process.off("exit", this.release);
    for (const signal of ENDING) process.off(signal, this.ended);
    process.off("SIGTSTP", this.suspend);
    process.off("SIGCONT", this.resume);
  }

  private hold(): void {
    if (this.held) return;
    this.held = true;
    this.terminal.stdout.write(ENTER + (this.terminal.mouse ? MOUSE_ON : ""));
  }

  private readonly release = (): void => {
    if (!this.held) return;
    this.held = false;
    try {
      this.terminal.stdout.write((this.terminal.mouse ? MOUSE_OFF : "") + LEAVE);
      this.terminal.stdin.setRawMode(false);
    } catch {
      // The terminal is gone (SIGHUP): there is nothing to give back.
    }
  };

  /** Ends as the signal would have ended the program without this, so that who sent it sees that. */
  private readonly ended = (signal: NodeJS.Signals): void => {
    this.end();
    process.kill(process.pid, signal);
  };

  readonly suspend = (): void => {
    this.release();
    process.kill(process.pid, "SIGSTOP");
  };

  private readonly resume = (): void => {
    this.hold();
    this.terminal.stdin.setRawMode(true);
    this.again();
  };
}

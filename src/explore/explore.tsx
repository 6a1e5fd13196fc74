/** @jsxImportSource react */
import { render } from "ink";
import type { Study } from "../report/study.js";
import { leadOf } from "../report/view.js";
import { App } from "./app.js";
import { initialState, type Size } from "./state.js";
import { spanOf, subjectOf } from "./subject.js";
import { Painter } from "./terminal/painter.js";
import { Session, type Terminal } from "./terminal/session.js";

export interface ExploreOptions extends Terminal {
  color: boolean;
  /** False: nothing but ASCII is shown. */
  utf8: boolean;
  /** Writes the report to a file and says what came of it; it does not throw. */
  save: (file: string) => Promise<string>;
}

/**
 * Shows a study in a terminal until the user has seen enough. The terminal is given back as it was; errors are thrown after that.
 * @param options streams of a terminal: `stdin` in raw mode is this function's own meanwhile
 */
export async function explore(study: Study, options: ExploreOptions): Promise<void> {
  const { stdin, stdout, color, utf8, save } = options;
  const subject = subjectOf(study);
  const sizeNow = (): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const painter = new Painter(sizeNow(), (text) => stdout.write(text));
  const listeners = new Set<(size: Size) => void>();
  const told = () => {
    painter.resize(sizeNow());
    for (const listener of listeners) listener(sizeNow());
  };
  const session = new Session(options, told);
  const lead = leadOf(subject.study.report);
  const initial = initialState(subject, sizeNow(), lead ? spanOf(subject, lead.from)[0] : Number.NaN);
  session.begin();
  stdout.on("resize", told);
  try {
    const app = render(
      <App
        initial={initial}
        scene={{ subject, utf8 }}
        color={color}
        save={save}
        onResize={(listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        }}
        onKey={(key) => {
          if (key === "ctrl-z") session.suspend();
          else if (key === "ctrl-l") told();
          else return false;
          return true;
        }}
      />,
      // Each change is one frame for the painter; Ink's own way with a screen is for output among other output.
      {
        stdin,
        stdout: painter as unknown as NodeJS.WriteStream,
        debug: true,
        exitOnCtrlC: false,
        patchConsole: false,
      },
    );
    await app.waitUntilExit();
  } finally {
    stdout.off("resize", told);
    session.end();
  }
}

import { spawn } from "node:child_process";
import { print } from "./output.js";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The user's pager: `$HINDCAST_PAGER`, else `$PAGER`, else `less -R`. Set to nothing, or to `cat`, none is wanted.
 * @returns a command for the shell, which is how `PAGER` is read everywhere (git, man); it holds nothing but what the user set
 */
export function pagerCommand(env: Env): string | undefined {
  const command = (env["HINDCAST_PAGER"] ?? env["PAGER"] ?? "less -R").trim();
  return command === "" || command === "cat" ? undefined : command;
}

/** What a shell says of a command that cannot be run, or is not there. */
const NOT_RUN = [126, 127];

/**
 * Shows a text in the user's pager, and waits until it is left. `less` is told to end by itself where the text fits on the screen
 * and to show colours (`LESS=FRX`, as git does), unless the user told it otherwise. Where the pager cannot be run, the text is printed.
 *
 * @param note tells the user what went wrong
 */
export async function showInPager(text: string, env: Env, note: (message: string) => void): Promise<void> {
  const command = pagerCommand(env);
  if (command === undefined) return print(text);
  // The interrupt key is the pager's while it runs.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  const status = await new Promise<number | null>((resolve) => {
    const pager = spawn(command, {
      shell: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...env, LESS: env["LESS"] ?? "FRX", LV: env["LV"] ?? "-c" },
    });
    pager.on("error", () => resolve(NOT_RUN[0]!));
    pager.on("close", resolve);
    // Who leaves the pager early has seen enough.
    pager.stdin?.on("error", ignore);
    pager.stdin?.end(text);
  });
  process.off("SIGINT", ignore);
  if (status === null || !NOT_RUN.includes(status)) return;
  note(`the pager ${command} could not be run; set PAGER to one that is here`);
  await print(text);
}

import type { Event } from "../../model/event.js";
import type { Lapse } from "./solution.js";

/** The lapse that a wait which ran out gives, or undefined. */
export function waitOf(event: Event): Lapse | undefined {
  const { "dns.wait.timeout_ms": ms, "process.thread.id": thread } = event.fields;
  if (event.action !== "dns.wait_timeout" || typeof ms !== "number") return undefined;
  const end = Math.max(event.line, ...(event.cites ?? []).map((cited) => cited.line));
  return { line: event.line, end, thread: typeof thread === "number" ? thread : 0, span: ms * 1000 };
}

import type { Event } from "../../../model/event.js";
import { text } from "../assembled.js";

const MAX_CONTAINERS = 20_000;
/** A container that was asked to stop ends within the time that `docker stop` leaves it, and a little more: µs. */
const ASKED_SPAN = 60_000_000;

/** What was heard of one container since it started. */
interface Run {
  /** When somebody last asked it to stop: µs UTC. */
  asked?: number;
  /** The kernel killed a process of it for want of memory. */
  outOfMemory?: true;
}

/**
 * Tells the deaths of containers that somebody asked for from the others. In docker's events a `kill` stands before the `die` of a
 * `docker stop`, `restart`, `rm -f` or `kill` (moby, daemon/stop.go and kill.go), and none before that of a program which ended by
 * itself. The exit code does not tell: many servers answer SIGTERM with 0, and 137 is the kernel's killing as well as docker's.
 */
export class ContainerDeaths {
  private readonly runs = new Map<string, Run>();

  /** A `container.lifecycle`: a death gets `container.stop_asked` and `container.oom_killed` where what came before says so. */
  take(event: Event): void {
    const id = text(event, "container.id");
    if (id === undefined) return;
    // The same happening in two listings is told twice: each is followed by itself.
    const key = `${event.source} ${id}`;
    const { "container.action": action } = event.fields;
    if (action === "kill") this.of(key).asked = event.time;
    else if (action === "oom") this.of(key).outOfMemory = true;
    else if (action === "die") {
      const { asked, outOfMemory } = this.runs.get(key) ?? {};
      if (asked !== undefined && event.time - asked <= ASKED_SPAN)
        event.fields["container.stop_asked"] = true;
      if (outOfMemory) event.fields["container.oom_killed"] = true;
      this.runs.delete(key);
    }
  }

  private of(key: string): Run {
    let run = this.runs.get(key);
    if (run === undefined) {
      if (this.runs.size >= MAX_CONTAINERS) this.runs.clear();
      this.runs.set(key, (run = {}));
    }
    return run;
  }
}

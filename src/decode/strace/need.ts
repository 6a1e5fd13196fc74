import { Part } from "../../scan/call-line.js";
import { CallRule, ruleWithTag } from "../../scan/calls.js";
import { type Glance, KINDS, Kind } from "./kinds.js";

/** Errors by which a connected socket tells that the other end is not there. */
const UNREACHED = ["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH"];

const RULES: ReadonlyMap<Kind, CallRule> = new Map<Kind, CallRule>([
  [Kind.READ, CallRule.READ],
  [Kind.WRITE, CallRule.WRITE],
  [Kind.EPOLL_WAIT, CallRule.WAIT],
  [Kind.POLL, CallRule.POLL],
  [Kind.FCNTL, CallRule.CONTROL],
]);

/**
 * Does this record tell nothing to whoever follows descriptors, whatever was before it and whatever comes? True for most of
 * a trace: calls that concern no socket, data that is no DNS message, waits that something ended.
 */
export function isIdle(glance: Glance): boolean {
  const { kind, part, value } = glance;
  const whole = part === Part.WHOLE;
  switch (kind) {
    case Kind.NONE:
      return true;
    case Kind.READ:
      // What is read is shown where the call ends.
      if (part === Part.BEGUN) return false;
      if (value !== -1) return !glance.isMarked();
      return whole && !glance.failedWith("EAGAIN") && !isUnreached(glance);
    case Kind.WRITE:
      if (!whole) return false;
      if (value !== -1) return !glance.isMarked();
      return !isUnreached(glance) && !(glance.noted && glance.failedWith("EAGAIN"));
    case Kind.EPOLL_WAIT:
      return whole && (value > 0 || glance.looksOnly());
    case Kind.POLL:
      return whole && value > 0 && !glance.restHas("POLLERR") && !glance.argsHave("<");
    case Kind.SELECT:
      return whole && value > 0;
    case Kind.FCNTL:
      if (part === Part.ENDED) return false;
      return (whole && !(value >= 0)) || !(glance.argsHave("F_SETFL") || glance.argsHave("F_DUPFD"));
    case Kind.IOCTL:
      return lacks(glance, "FIONBIO");
    case Kind.SET_OPTION:
      return lacks(glance, "SO_RCVTIMEO");
    case Kind.GET_OPTION:
      return lacks(glance, "SO_ERROR");
    case Kind.EPOLL_CONTROL:
    case Kind.EXEC:
      return whole && value !== 0;
    case Kind.DUPLICATE:
      return whole && !(value >= 0);
    default:
      return false;
  }
}

/** A call that matters only when it succeeds, and only with this among its arguments. */
function lacks(glance: Glance, option: string): boolean {
  if (glance.part === Part.ENDED) return false;
  return (glance.part === Part.WHOLE && glance.value !== 0) || !glance.argsHave(option);
}

const isUnreached = (glance: Glance) => UNREACHED.some((error) => glance.failedWith(error));

/** The same, as far as a scanner can tell it of lines: what it passes over is idle. Tagged with the kinds. */
export const CALL_RULES: ReadonlyMap<string, number> = new Map(
  [...KINDS].map(([name, kind]) => [name, ruleWithTag(RULES.get(kind) ?? CallRule.ODD, kind)]),
);

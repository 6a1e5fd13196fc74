import { pick } from "./random.mjs";

/** Words that shapes of the built-in grammars require, from many of them; none holds another such word. */
const LITERALS = [
  " address pool among the defaults to assign to the network",
  " failed with status code [",
  " refused to do a recursive query",
  " repository with local name ",
  " responded with SERVFAIL",
  " trying to pull repository ",
  " while fetching image layer (",
  ") entered forwarding state",
  ", dropping packet",
  ": digest: sha256:",
  ": reached low water mark",
  "Attempting next endpoint for pull after error: ",
  "Backward time jump detected!",
  "Could not resolve host: ",
  "Disk quota exceeded",
  "Error getting v2 registry: ",
  "Got status code ",
  "Killed process ",
  "Not continuing with ",
  "Proxy Authentication Required",
  "Pulling ref from V2 registry: ",
  "Temporary failure in name resolution",
  "The push refers to ",
  "Trying to pull ",
  "authentication required",
  "broken pipe",
  "connection refused",
  "connection reset by peer",
  "context deadline exceeded",
  "failed to query DNS server: ",
  "manifest unknown",
  "network is unreachable",
  "no basic auth credentials",
  "no route to host",
  "no such host",
  "o space left on device",
  "remote error: ",
  "server misbehaving",
  "timeout awaiting response headers",
  "tls: handshake failure",
  "toomanyrequests: ",
  "unexpected EOF",
  "use of closed network connection",
  "v2 ping attempt failed with error: ",
];

/** One of them with one letter wrong: mostly the last, which a search sees last of all. */
function spoilt(next) {
  const literal = pick(next, LITERALS);
  const at = literal.length - 1 - (next(4) === 0 ? next(literal.length - 1) : 0);
  const letter = literal[at] === "~" ? "#" : "~";
  return literal.slice(0, at) + letter + literal.slice(at + 1);
}

/** A message with two near-misses, which no shape reads. */
export const nearMiss = (next) =>
  `job ${next(1e6)}: ${spoilt(next)}app-${next(90)} and ${spoilt(next)}web-${next(500)}`;

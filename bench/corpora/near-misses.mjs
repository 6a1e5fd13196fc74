import { pick } from "./random.mjs";

/** Words that shapes of the built-in grammars require, from many of them. */
const LITERALS = [
  "Error getting v2 registry: ",
  "Attempting next endpoint for pull after error: ",
  "v2 ping attempt failed with error: ",
  "image does not exist on v2 registry",
  "Could not get v1 endpoint: ",
  "Got status code ",
  " not found in repository ",
  "Not continuing with error: ",
  "Download failed, retrying",
  "Error pulling image (",
  "images/create?fromImage=",
  "Pulling ref from V2 registry: ",
  "Trying to pull ",
  "request canceled while waiting for connection",
  "x509: certificate signed by unknown authority",
  "x509: certificate has expired or is not yet valid",
  "tls: handshake failure",
  "connect: connection refused",
  "connect: no route to host",
  "dial tcp: lookup ",
  "i/o timeout",
  "no such host",
  "server misbehaving",
  "toomanyrequests: You have reached your pull rate limit",
  "no space left on device",
  "Out of memory: Killed process ",
  "nf_conntrack: table full, dropping packet",
  "could not find an available, non-overlapping IPv4 address pool",
  "[resolver] query ",
  "Name To resolve: ",
  "proxyconnect tcp: ",
  "containerd: connection closed",
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

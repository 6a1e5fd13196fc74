import { pick } from "./random.mjs";

const REGISTRY = "https://registry.example.net";
/** Pulls under way at once, and blobs of an image. */
const IN_FLIGHT = 4;
const BLOBS = 8;
/** One in so many is a pull, the others are ports of containers: as many lines of these as of those. */
const PULLS = 4;

const hex = (next) => next(1e9).toString(16);

const TALK = [
  (next) => `Calling GET /v1.41/containers/${hex(next)}/json`,
  () => "Calling HEAD /_ping",
  (next) => `garbage collected" d=${next(9)}.${next(999999)}ms module=containerd "`,
  (next) => `event published" ns=moby topic=/tasks/exit type=containerd.events.TaskExit id=${hex(next)} "`,
  (next) => `Assigning addresses for endpoint web_${next(500)}'s interface on network bridge`,
  (next) => `sandbox set key processing took ${next(99)}.${next(999)}ms for container ${hex(next)}`,
  (next) => `Programming external connectivity on endpoint web_${next(500)} (${hex(next)})`,
  (next) =>
    `form data: {\\"AttachStderr\\":false,\\"Image\\":\\"registry.example.net/team/app-${next(90)}:1.${next(40)}\\"}`,
];

/** What a healthy daemon says all day; no shape of a built-in grammar reads it. */
export const talk = (next) => pick(next, TALK)(next);

/** A pull that falls back from v2 to v1: ms after its beginning, level, text. */
export function fallback(next) {
  const repository = `registry.example.net/team/app-${next(90)}`;
  return [
    [0, "debug", `Trying to pull ${repository} from ${REGISTRY} v2`],
    [
      5003,
      "debug",
      `Error getting v2 registry: Get ${REGISTRY}/v2/: net/http: request canceled while waiting for connection`,
    ],
    [5004, "debug", `Trying to pull ${repository} from ${REGISTRY} v1`],
    [5005, "debug", `[registry] Calling GET ${REGISTRY}/v1/repositories/team/app/images`],
    [5040, "debug", `Got status code 404 from ${REGISTRY}/v1/repositories/team/app/tags/1.0`],
    [
      5041,
      "error",
      `Handler for POST /images/create returned error: Tag 1.0 not found in repository ${repository}`,
    ],
  ];
}

/** What the daemon says of one pull that succeeds. */
function pull(next) {
  const app = `team/app-${next(20000)}`;
  const tag = `1.${next(40)}`;
  const got = (what) => `Got status code 200 from ${REGISTRY}/v2/${app}/${what}`;
  return [
    `Calling POST /v1.41/images/create?fromImage=registry.example.net%2F${app.replace("/", "%2F")}&tag=${tag}`,
    `Trying to pull registry.example.net/${app} from ${REGISTRY} v2`,
    `Pulling ref from V2 registry: registry.example.net/${app}:${tag}`,
    ...Array.from({ length: BLOBS }, () => got(`blobs/sha256:${hex(next)}${hex(next)}`)),
    got(`manifests/${tag}`),
  ];
}

/** What the kernel says when a container gets, or loses, its port of the bridge. */
function portStates(next) {
  const port = `docker0: port ${1 + next(60)}(veth${hex(next)})`;
  return ["blocking", "disabled", "blocking", "forwarding"].map((state) => ({
    kernel: `${port} entered ${state} state`,
  }));
}

/** Gives lines that message shapes read and transactions ask for; a few pulls and ports are under way at once. */
export function wanted(next) {
  const open = Array.from({ length: IN_FLIGHT }, () => []);
  return () => {
    const at = next(IN_FLIGHT);
    if (open[at].length === 0) open[at] = next(PULLS) === 0 ? pull(next) : portStates(next);
    return open[at].shift();
  };
}

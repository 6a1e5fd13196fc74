/** Captures of one host's `tcpdump -i any -nn -tttt`, in its own form, of questions that a container sends by way of the host. */

/** Where packets pass on a host, and under which addresses. */
export interface Path {
  /** The container's or pod's address. */
  client: string;
  /** The host's end of the container. */
  port: string;
  /** Absent: the host routes to its containers. */
  bridge?: string | undefined;
  /** Where it goes out to the network. */
  uplink: string;
  host: string;
  server: string;
}

/** Docker's default bridge. */
export const DOCKER0: Path = {
  client: "172.17.0.2",
  port: "veth7f3a1b2",
  bridge: "docker0",
  uplink: "eth0",
  host: "198.51.100.7",
  server: "192.0.2.53",
};

/** One line: at `seconds`, at an interface in a direction, from and to addresses with ports. */
export type Line = [seconds: number, place: string, direction: "In" | "Out" | "P", words: string];

/** How far a packet comes. */
export type Fault =
  | "passes"
  | "stays on the bridge"
  | "dies in forwarding"
  | "waits for its next hop"
  | "leaves untranslated"
  | "is not answered"
  | "has its answer lost";

export const question = (from: string, port: number, to: string, id: number) =>
  `IP ${from}.${port} > ${to}.53: ${id}+ A? a.example. (27)`;
export const reply = (from: string, to: string, port: number, id: number) =>
  `IP ${from}.53 > ${to}.${port}: ${id} 1/0/0 A 203.0.113.7 (43)`;

/** The lines of one question of the client, with its copies and what came of it. */
function lines(path: Path, fault: Fault, seconds: number, number: number): Line[] {
  const { client, port, bridge, uplink, host, server } = path;
  const socket = 40_000 + number;
  const id = 1000 + number;
  const asked = question(client, socket, server, id);
  const masked = question(host, socket, server, id);
  const atPort: Line[] = [[0, port, bridge === undefined ? "In" : "P", asked]];
  const atBridge: Line[] = bridge === undefined ? [] : [[1e-5, bridge, "In", asked]];
  const taken = [...atPort, ...atBridge];
  const out: Line = [2e-5, uplink, "Out", masked];
  const back: Line = [1e-3, uplink, "In", reply(server, host, socket, id)];
  const home: Line[] = [
    ...(bridge === undefined ? [] : [[1.1e-3, bridge, "Out", reply(server, client, socket, id)] as Line]),
    [1.2e-3, port, "Out", reply(server, client, socket, id)],
  ];
  const arp = (at: number): Line => [
    at,
    uplink,
    "Out",
    `ARP, Request who-has ${server} tell ${host}, length 28`,
  ];
  const ways: Record<Fault, Line[]> = {
    passes: [...taken, out, back, ...home],
    "stays on the bridge": atPort,
    "dies in forwarding": taken,
    "waits for its next hop": [...taken, arp(1e-4), arp(1), arp(2)],
    "leaves untranslated": [...taken, [2e-5, uplink, "Out", asked]],
    "is not answered": [...taken, out],
    "has its answer lost": [...taken, out, back],
  };
  return ways[fault].map(([at, ...rest]) => [seconds + at, ...rest]);
}

function printed([seconds, place, direction, words]: Line): string {
  const stamp = new Date(Date.UTC(2026, 2, 2, 10) + Math.floor(seconds * 1000)).toISOString();
  const micros = String(Math.round((seconds % 1) * 1e6)).padStart(6, "0");
  return `${stamp.slice(0, 19).replace("T", " ")}.${micros} ${place} ${direction.padEnd(3)} ${words}`;
}

/**
 * A capture of two minutes: healthy questions every five seconds but for the 60th to the 80th second, when four of them, each asked again
 * five seconds later as resolvers do, come as far as the fault lets them.
 */
export function capture(path: Path, fault: Fault): string {
  const all: Line[] = [];
  for (let number = 0; number < 24; number++) {
    const seconds = number * 5;
    const isFaulty = seconds >= 60 && seconds < 80;
    all.push(...lines(path, isFaulty ? fault : "passes", seconds, number));
    if (isFaulty && fault !== "passes") all.push(...lines(path, fault, seconds + 2.5, number));
  }
  all.push([125, "lo", "In", "ARP, Request who-has 127.0.0.1 tell 127.0.0.1, length 28"]);
  return dump(all);
}

/** Lines in the order of their times, as tcpdump prints them. */
export function dump(lines: readonly Line[]): string {
  const sorted = [...lines].sort((a, b) => a[0] - b[0]);
  return `${sorted.map(printed).join("\n")}\n`;
}

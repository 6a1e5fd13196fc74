// Corpora for the benchmark: large, deterministic, with planted incidents. Nothing here is random but a seeded generator.
import fs from "node:fs";
import path from "node:path";

/** A linear congruential generator (Numerical Recipes): the same numbers on every machine. */
function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** Writes pieces of text or bytes until `bytes` are reached; a finished file is kept. */
function write(file, bytes, piece) {
  if (fs.existsSync(file) && fs.statSync(file).size >= bytes) return file;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fd = fs.openSync(`${file}.part`, "w");
  let size = 0;
  let pending = [];
  let held = 0;
  const flush = () => {
    fs.writeSync(fd, Buffer.concat(pending));
    pending = [];
    held = 0;
  };
  for (let n = 0; size < bytes; n++) {
    const part = Buffer.from(piece(n), "latin1");
    pending.push(part);
    size += part.length;
    held += part.length;
    if (held > 4 << 20) flush();
  }
  flush();
  fs.closeSync(fd);
  fs.renameSync(`${file}.part`, file);
  return file;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const START = Date.UTC(2026, 2, 2, 10, 0, 0);

/** A docker daemon's journal. One line in 16 000 belongs to a pull that falls back from v2 to v1. */
export function journal(file, bytes) {
  const next = generator(1);
  const words = [
    () => `Calling GET /v1.41/containers/${next(1e9).toString(16)}/json`,
    () => "Calling HEAD /_ping",
    () => `garbage collected" d=${next(9)}.${next(999999)}ms module=containerd "`,
    () =>
      `event published" ns=moby topic=/tasks/exit type=containerd.events.TaskExit id=${next(1e9).toString(16)} "`,
    () => `Assigning addresses for endpoint web_${next(500)}'s interface on network bridge`,
    () =>
      `sandbox set key processing took ${next(99)}.${next(999)}ms for container ${next(1e9).toString(16)}`,
    () => `Programming external connectivity on endpoint web_${next(500)} (${next(1e9).toString(16)})`,
    () =>
      `form data: {\\"AttachStderr\\":false,\\"Image\\":\\"registry.example.net/team/app-${next(90)}:1.${next(40)}\\"}`,
  ];
  let time = START;
  let queue = [];
  const line = (at, level, text) => {
    const date = new Date(at);
    const iso = date.toISOString();
    const fraction = String(next(1e6)).padStart(6, "0");
    return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${iso.slice(11, 19)} node-17 dockerd[2706]: time="${iso.slice(0, 23)}${fraction}Z" level=${level} msg="${text}"\n`;
  };
  return write(file, bytes, (n) => {
    time += 1 + next(12);
    if (n % 96000 === 48000) {
      const repo = `registry.example.net/team/app-${next(90)}`;
      const url = "https://registry.example.net";
      queue = [
        [0, "debug", `Trying to pull ${repo} from ${url} v2`],
        [
          5003,
          "debug",
          `Error getting v2 registry: Get ${url}/v2/: net/http: request canceled while waiting for connection`,
        ],
        [5004, "debug", `Trying to pull ${repo} from ${url} v1`],
        [5005, "debug", `[registry] Calling GET ${url}/v1/repositories/team/app/images`],
        [5040, "debug", `Got status code 404 from ${url}/v1/repositories/team/app/tags/1.0`],
        [
          5041,
          "error",
          `Handler for POST /images/create returned error: Tag 1.0 not found in repository ${repo}`,
        ],
      ].map(([after, level, text]) => line(time + after, level, text));
      time += 5100;
    }
    return queue.shift() ?? line(time, "debug", words[next(words.length)]());
  });
}

/** A traced daemon: mostly files, memory and epoll; now and then a look-up, one in forty of which times out. */
export function strace(file, bytes) {
  const next = generator(2);
  let time = START / 1000;
  const stamp = () => {
    time += 0.00002 + next(100) / 1e6;
    return time.toFixed(6);
  };
  const call = (pid, text) => `${pid} ${stamp()} ${text}\n`;
  const noise = [
    (pid) =>
      call(
        pid,
        `read(7, "${"abcdefgh".repeat(1 + next(3))}"..., 4096) = ${next(4096)} <0.0000${10 + next(80)}>`,
      ),
    (pid) =>
      call(
        pid,
        `futex(0x55d0c8a1${next(65536).toString(16)}, FUTEX_WAKE_PRIVATE, 1) = 1 <0.0000${10 + next(80)}>`,
      ),
    (pid) =>
      call(
        pid,
        `newfstatat(AT_FDCWD, "/var/lib/docker/overlay2/${next(1e9).toString(16)}/merged", {st_mode=S_IFDIR|0755, st_size=4096, ...}, 0) = 0 <0.000012>`,
      ),
    (pid) => call(pid, `openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 9 <0.000020>`),
    (pid) =>
      call(
        pid,
        `mmap(NULL, ${next(99) * 4096}, PROT_READ, MAP_PRIVATE, 9, 0) = 0x7f0d278${next(65536).toString(16)} <0.000009>`,
      ),
    (pid) =>
      call(
        pid,
        `epoll_pwait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 128, -1, NULL, 0) = 1 <0.00${next(9)}>`,
      ),
    (pid) => call(pid, `write(7, "${"0123".repeat(1 + next(6))}", ${next(64)}) = ${next(64)} <0.000017>`),
  ];
  const octal = (id) =>
    `\\${(id >> 8).toString(8).padStart(3, "0")}\\${(id & 255).toString(8).padStart(3, "0")}`;
  return write(file, bytes, (n) => {
    const pid = 4000 + next(12);
    if (n % 400 !== 200) return noise[next(noise.length)](pid);
    const id = 256 + next(65000);
    const question = `"${octal(id)}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\10registry\\7example\\3net\\0\\0\\1\\0\\1"`;
    const ask = (fd, server) =>
      call(pid, `socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = ${fd} <0.000020>`) +
      call(
        pid,
        `connect(${fd}, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("${server}")}, 16) = 0 <0.000019>`,
      ) +
      call(pid, `sendto(${fd}, ${question}, 38, MSG_NOSIGNAL, NULL, 0) = 38 <0.000060>`);
    let text = ask(11, "192.0.2.53");
    if (n % 16000 === 200) {
      text += call(pid, "poll([{fd=11, events=POLLIN}], 1, 5000) = 0 (Timeout) <5.004911>");
      time += 5.005;
      text += ask(12, "192.0.2.54");
      text += call(pid, `poll([{fd=12, events=POLLIN}], 1, 5000) = 1 ([{fd=12, revents=POLLIN}]) <0.000410>`);
      text += call(
        pid,
        `recvfrom(12, "${octal(id)}\\201\\200\\0\\1\\0\\1\\0\\0\\0\\0\\10registry\\7example\\3net\\0\\0\\1\\0\\1"..., 2048, 0, NULL, NULL) = 54 <0.000012>`,
      );
      return text + call(pid, "close(11) = 0 <0.000010>") + call(pid, "close(12) = 0 <0.000010>");
    }
    text += call(pid, "poll([{fd=11, events=POLLIN}], 1, 5000) = 1 ([{fd=11, revents=POLLIN}]) <0.000410>");
    text += call(
      pid,
      `recvfrom(11, "${octal(id)}\\201\\200\\0\\1\\0\\1\\0\\0\\0\\0\\10registry\\7example\\3net\\0\\0\\1\\0\\1"..., 2048, 0, NULL, NULL) = 54 <0.000012>`,
    );
    return text + call(pid, "close(11) = 0 <0.000010>");
  });
}

/** DNS traffic of one network (Ethernet, µs): queries and answers, one look-up in two thousand unanswered by the first server. */
export function pcap(file, bytes) {
  const next = generator(3);
  let us = START * 1000;
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(1, 20);
  const name = (label) =>
    Buffer.concat(
      [...label.split("."), ""].map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
    );
  const ip = (text) => Buffer.from(text.split(".").map(Number));
  const packet = (from, fromPort, to, toPort, payload) => {
    const frame = Buffer.alloc(14 + 20 + 8 + payload.length);
    frame.write("02420a000001024200000002", 0, "hex");
    frame.writeUInt16BE(0x0800, 12);
    frame[14] = 0x45;
    frame.writeUInt16BE(28 + payload.length, 16);
    frame[22] = 64;
    frame[23] = 17;
    ip(from).copy(frame, 26);
    ip(to).copy(frame, 30);
    frame.writeUInt16BE(fromPort, 34);
    frame.writeUInt16BE(toPort, 36);
    frame.writeUInt16BE(8 + payload.length, 38);
    payload.copy(frame, 42);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(us / 1e6), 0);
    record.writeUInt32LE(us % 1e6, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return Buffer.concat([record, frame]).toString("latin1");
  };
  const dns = (id, flags, counts, rest) => {
    const head = Buffer.alloc(12);
    head.writeUInt16BE(id, 0);
    head.writeUInt16BE(flags, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(counts, 6);
    return Buffer.concat([head, rest]);
  };
  const due = [];
  return write(file, bytes, (n) => {
    if (n === 0) return header.toString("latin1");
    if (due.length > 0) return due.shift()();
    const id = next(65536);
    const port = 20000 + next(40000);
    const client = `10.0.${next(4)}.${2 + next(250)}`;
    const question = Buffer.concat([name(`svc-${next(3000)}.prod.example.net`), Buffer.from([0, 1, 0, 1])]);
    const query = () => dns(id, 0x0100, 0, question);
    const answer = () =>
      dns(
        id,
        0x8180,
        1,
        Buffer.concat([
          question,
          Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, next(250)]),
        ]),
      );
    if (n % 4001 >= 4000) {
      us += 50;
      const first = packet(client, port, "192.0.2.53", 53, query());
      due.push(() => {
        us += 5_004_000;
        return packet(client, port + 1, "192.0.2.54", 53, query());
      });
      due.push(() => {
        us += 400;
        return packet("192.0.2.54", 53, client, port + 1, answer());
      });
      return first;
    }
    us += 40 + next(200);
    due.push(() => {
      us += 30 + next(100);
      return packet("192.0.2.53", 53, client, port, answer());
    });
    return packet(client, port, "192.0.2.53", 53, query());
  });
}

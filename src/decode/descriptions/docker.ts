import type { Description } from "./types.js";

export const dockerFormats: readonly Description[] = [
  {
    name: "docker-json-file",
    title: "docker's json-file container logs",
    area: "docker",
    file: "src/decode/docker/json-file.ts",
    about:
      "A container's output as docker keeps it: a JSON object a line; lines of more than 16 KiB come in parts, which are joined again.",
    commands: ["cat /var/lib/docker/containers/ID/ID-json.log"],
    sample:
      '{"log":"time=\\"2026-11-22T03:52:32.525263649Z\\" level=debug msg=\\"Calling POST /images/create\\"\\n","stream":"stderr","time":"2026-11-22T03:52:32.525263616Z"}\n',
  },
  {
    name: "docker-stream",
    title: "raw multiplexed container output",
    area: "docker",
    file: "src/decode/docker/stream.ts",
    about:
      "A container's output as the Engine API sends it: eight bytes with the stream and the length before each piece.",
    commands: [
      "curl --unix-socket /var/run/docker.sock 'http://localhost/containers/NAME/logs?stdout=1&stderr=1' > FILE",
    ],
    sample: "\x01\0\0\0\0\0\0\x10config: missing\n",
  },
  {
    name: "cri",
    title: "CRI container log",
    area: "docker",
    file: "src/decode/docker/cri.ts",
    about:
      "Container logs as containerd and CRI-O keep them under /var/log/pods: stamp, stream, F for a full line or P for a part of one; parts are joined.",
    commands: ["cat /var/log/pods/*/*/0.log"],
    sample: "2026-11-22T05:46:07.074724983Z stderr F config: cannot open /etc/payments.yml\n",
  },
];

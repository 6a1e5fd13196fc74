// What a busy daemon calls, in the proportions of a container runtime under load.

const hex = (next, below = 65536) => next(below).toString(16);
const text = (next, length) => {
  let made = "";
  while (made.length < length)
    made += ["GET /v1.41/", "\\0\\0\\3\\210", "node-17 ", '{\\"Id\\":\\"', "\\n\\t", "overlay2"][next(6)];
  return made;
};

/** Weight; then the call: its name, what stands before a possible interruption, and what comes after it. */
const CALLS = [
  [20, (next) => ["read", `${20 + next(60)}, `, `"${text(next, 28)}"..., 4096) = ${1 + next(4096)}`]],
  [
    12,
    (next) => [
      "write",
      `${20 + next(60)}, "${text(next, 28)}"..., ${64 + next(900)}`,
      `) = ${64 + next(900)}`,
    ],
  ],
  [18, (next) => ["futex", `0x55d0c8a1${hex(next)}, FUTEX_WAKE_PRIVATE, 1`, ") = 1"]],
  [
    8,
    (next) => [
      "futex",
      `0xc0000${hex(next)}48, FUTEX_WAIT_PRIVATE, 0, {tv_sec=${next(9)}, tv_nsec=${next(1e9)}}`,
      [
        ") = 0",
        ") = -1 ETIMEDOUT (Connection timed out)",
        ") = -1 EAGAIN (Resource temporarily unavailable)",
      ][next(3)],
    ],
  ],
  [
    10,
    (next) => [
      "epoll_pwait",
      "4, ",
      `[{events=EPOLLIN|EPOLLOUT, data={u32=${next(1e9)}, u64=14041${next(1e9)}}}], 128, ${next(2) - 1}, NULL, 0) = 1`,
    ],
  ],
  [5, () => ["epoll_pwait", "4, ", "[], 128, 0, NULL, 0) = 0"]],
  [
    7,
    (next) => [
      "read",
      `${20 + next(60)}, `,
      "0xc000a3c000, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
    ],
  ],
  [
    5,
    (next) => [
      "openat",
      `AT_FDCWD, "/var/lib/docker/containers/${hex(next, 1e9)}/config.v2.json", O_RDONLY|O_CLOEXEC`,
      `) = ${20 + next(60)}`,
    ],
  ],
  [6, (next) => ["close", `${20 + next(60)}`, ") = 0"]],
  [
    5,
    (next) => [
      "newfstatat",
      `AT_FDCWD, "/var/lib/docker/overlay2/${hex(next, 1e9)}/merged", `,
      "{st_mode=S_IFDIR|0755, st_size=4096, ...}, 0) = 0",
    ],
  ],
  [
    2,
    (next) => [
      "mmap",
      `NULL, ${4096 * (1 + next(99))}, PROT_READ, MAP_PRIVATE, 9, 0`,
      `) = 0x7f0d278${hex(next)}`,
    ],
  ],
  [1, (next) => ["fcntl", `${20 + next(60)}, F_SETFL, O_RDWR|O_NONBLOCK|O_LARGEFILE`, ") = 0"]],
  [
    1,
    (next) => [
      "clone",
      `child_stack=0xc000${hex(next)}000, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM`,
      `) = ${27000 + next(24)}`,
    ],
  ],
];

/** A function that gives one call after the other, by weight. */
export function chooser(next) {
  const wheel = CALLS.flatMap(([weight, make]) => Array(weight).fill(make));
  return () => {
    const [name, head, rest] = wheel[next(wheel.length)](next);
    return { name, head, rest };
  };
}

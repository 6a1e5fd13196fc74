/**
 * Fields that only packets, system calls and the kernel's own records have: they tell a record that shows the thing itself from one that tells
 * of it in words.
 */
export const DIRECT = ["network.type", "packet.direction", "strace.call", "process.thread.id"] as const;

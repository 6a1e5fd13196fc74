/** Text that {@link PACKED} holds. */
export const TEXT = Array.from({ length: 60_000 }, (_, i) => `line ${i % 700}\n`).join("");

/** What `zstd -19` (1.5.4) makes of {@link TEXT}: one frame of several compressed blocks, with a checksum. */
export const PACKED = Buffer.from(
  "KLUv/aRsGAgAbAYABpAfEaAnrQaQ9P+vaBLZ3ZvC6lqtHwAhABEAVVVVVUREREREMzMzMzMiIiIiIv8P46xoJEAEBIUBIYuiKIqiKIriMAzDMAzDMIwxxhhjjHF3d3d3Z2ZmZmZWFZTSOeecc845pZRSSiml/P8/9957rbXWWmutrbXWWmutlVJKKaUBgK+oEJjeDMCT6hAS4wNb2ba2qd1qtrYtbVeb1XDHHN1I44xidFEWV0zZlCyjtAzTlBzDtAzXxCSKGOJDDjXE0IXKcY535zrPHBBoKdQEAOYVJArANQeEdCMp+X+WJAAeACIAc84555wzDMMwDMMwDGu1Wq1Wq9VqNRqNRqPRaDQabTabzWYBwWAQCAQCgUAgEAgURVEURVEUxd3d3d1dVVVVVdUZcRzHcRyXZVmWZVmWJUmSJEmSJEmO4ziO4ziOYzAYDAaDwbIsy7Isy7L8/////+/u7u7uvvfee++9dxzHAYCvVAIABAEUBQDmFSYJwB0DJCFJ+d+5IgAgAB8A53mepmmapmmaplmWZVmWZVmWJEmSJEmSJDmO4ziO4ziOAe7u7u6yLMuyLMuyHMdxHMdxHMcwDMMwDMMwfJ7neZ4Btl3XdV3XdV3XNE3TNE3TND3P8zzP8zzP///////uATIyMjIyMTExMTExMTExMTAwMDAwMDAwMDD3fd/3fd/3bdu2bdu2HYCvVAIABAGUBADG1RoI0KUxkqwiugUlABUAEQAzMymllCRJkiRJkiQJCQkJCQkJCQkJiUQikUgkEolEQEBAQEACbdu2bdvMzMzMzMzMzMzMzMzMzMwE27Zt27Zt27Zt27Zt27Zt2wZt27Zt27Zt27Zt27Zt27ZtC4CwqCDEB/D1WQMSSBDAb////z8Dzecx2JplpaKI2riHg9QYHVQAAAABAP3/yfu5BgJEAAAAAQD9/zkAAkQAAAABAP3/OQACPQAAAAEAadgDIO+TlGY=",
  "base64",
);

/** A frame that is to be skipped (RFC 8878, 3.1.2). */
export function skippableFrame(content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a53, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

const BLOCK = 128 << 10;

/** A frame of blocks that are not compressed, without a checksum (RFC 8878, 3.1.1): as long as its content. */
export function rawFrame(content: Buffer): Buffer {
  // No single segment, no content size: a window descriptor alone, of 1 KiB << 7 = 128 KiB.
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3])];
  for (let at = 0; at < content.length; at += BLOCK) {
    const block = content.subarray(at, at + BLOCK);
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | Number(at + BLOCK >= content.length), 0, 3);
    parts.push(head, block);
  }
  return Buffer.concat(parts);
}

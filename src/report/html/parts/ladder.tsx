/** @jsxImportSource preact */
import { counted } from "../../page.js";
import type { Ladder, LadderPacket } from "../../study.js";
import { findingAnchor, type View } from "../view.js";
import { Place, Section } from "./words.js";

/** What is drawn of a packet at a hop, and what it says: signs that differ without colours. */
const SIGNS: Record<LadderPacket["at"][number], { sign: string; words: string }> = {
  seen: { sign: "●", words: "seen" },
  translated: { sign: "◆", words: "seen, address translated" },
  missing: { sign: "✕", words: "missing" },
  unknown: { sign: "?", words: "not captured here" },
};

/** Where packets of findings were seen on their way; nothing where no capture shows any. */
export const Ladders = ({ view }: { view: View }) => {
  const { ladders } = view.study;
  if (ladders.length === 0) return null;
  return (
    <Section id="packets" title="Where packets went">
      <p class="legend">
        {Object.entries(SIGNS).map(([at, { sign, words }]) => (
          <span key={at} class={at}>
            <span aria-hidden="true">{sign}</span> {words}
          </span>
        ))}
        <span class="broken">
          <span class="sample" aria-hidden="true" /> where something is wrong
        </span>
      </p>
      {together(ladders).map((same) => (
        <LadderFigure key={same[0]!.findingId} view={view} ladders={same} />
      ))}
    </Section>
  );
};

/** Several findings may be about the same packets, which are drawn once. */
function together(ladders: readonly Ladder[]): Ladder[][] {
  const groups = new Map<string, Ladder[]>();
  for (const ladder of ladders) {
    const key = JSON.stringify([ladder.hops, ladder.packets, ladder.total]);
    const group = groups.get(key);
    if (group) group.push(ladder);
    else groups.set(key, [ladder]);
  }
  return [...groups.values()];
}

/** So many packets are shown at once: enough to see that they share a fate. */
const AT_ONCE = 4;

const LadderFigure = ({ view, ladders }: { view: View; ladders: Ladder[] }) => {
  const { hops, packets, total } = ladders[0]!;
  const [first, more] = [packets.slice(0, AT_ONCE), packets.slice(AT_ONCE)];
  return (
    <>
      {ladders.map(({ findingId }) => (
        <h3 key={findingId}>
          <a href={`#${findingAnchor(findingId)}`}>{view.byId.get(findingId)?.title ?? findingId}</a>
        </h3>
      ))}
      <p class="about">
        {packets.length < total && `${packets.length} of `}
        {counted(total, "packet")}
      </p>
      <LadderTable view={view} hops={hops} packets={first} />
      {more.length > 0 && (
        <details>
          <summary>{counted(more.length, "more packet")}</summary>
          <LadderTable view={view} hops={hops} packets={more} />
        </details>
      )}
    </>
  );
};

const LadderTable = ({ view, hops, packets }: { view: View } & Pick<Ladder, "hops" | "packets">) => (
  <table class="ladder stacking">
    <thead>
      <tr>
        <th scope="col">time</th>
        <th scope="col">packet</th>
        {hops.map((hop, i) => (
          <th scope="col" class="hop" key={i}>
            {hop}
          </th>
        ))}
        <th scope="col">what became of it</th>
      </tr>
    </thead>
    <tbody>
      {packets.map((packet, i) => (
        <PacketRow key={i} view={view} packet={packet} hops={hops} />
      ))}
    </tbody>
  </table>
);

const PacketRow = ({ view, packet, hops }: { view: View; packet: LadderPacket; hops: string[] }) => (
  <tr>
    <td class="time" data-label="time">
      {view.clock.when(packet.time, {}, 6)}
    </td>
    <th scope="row">
      {packet.label} <Place view={view} record={packet} />
    </th>
    {packet.at.map((at, i) => (
      <td
        key={i}
        class={`hop ${at}${i === packet.broken ? " broken" : ""}${passed(packet, i) ? " passed" : ""}`}
        data-label={hops[i]}
      >
        <span class="sign" aria-hidden="true">
          {SIGNS[at].sign}
        </span>{" "}
        <span class="unseen">
          {SIGNS[at].words}
          {i === packet.broken ? ", something is wrong here" : ""}
        </span>{" "}
        <span class="address">{packet.addresses[i]}</span>
      </td>
    ))}
    <td data-label="what became of it">{packet.outcome}</td>
  </tr>
);

/** Did the packet come further than this hop? Then its way is drawn through it. */
const passed = ({ at }: LadderPacket, hop: number): boolean =>
  at.some((state, i) => i > hop && (state === "seen" || state === "translated"));

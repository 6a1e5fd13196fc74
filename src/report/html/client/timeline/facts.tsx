/** @jsxImportSource preact */
import type { Fact } from "../../timeline/words.js";

/** What is known of something, name by name. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl class="timeline-facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

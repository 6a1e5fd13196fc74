/** @jsxImportSource preact */
import { clockSentence, clockSentences } from "../../clock-words.js";
import { clocksOf } from "../../clocks.js";
import {
  drawnClocks,
  provenClocks,
  StampFace,
  sourcesCell,
  standingCell,
  timelessWords,
} from "../../clocks-view.js";
import type { ReportClock, ReportEvidence } from "../../contract.js";
import { excerpt } from "../../excerpt.js";
import { neutral } from "../../neutral.js";
import { OffsetScale } from "../../offset-scale.js";
import { pairWords } from "../../offset-words.js";
import { counted } from "../../page.js";
import type { View } from "../view.js";
import { Axis, percent } from "./figure.js";
import { Place, Section } from "./words.js";

/** Clocks that the page tells of and draws. */
const MOST = 60;
/** Characters of a quoted record. */
const QUOTED = 240;
/** Steps of the scale across a drawing. */
const STEPS = 1001;

/** How the clocks stand to each other: a picture with bounds, sentences, and the records that prove them. */
export const Clocks = ({ view }: { view: View }) => {
  const report = clocksOf(view.report);
  const sentences = clockSentences(report);
  const timeless = timelessWords(report);
  if (sentences.length === 0 && timeless === "") return null;
  const proven = new Map(provenClocks(report).map((clock) => [clockSentence(clock, report), clock]));
  return (
    <Section id="clocks" title="Clocks">
      {report.aligned === false && <p>Clocks were not compared, as asked: stamps are taken as they are.</p>}
      <Offsets view={view} />
      <ul class="sentences">
        {sentences.slice(0, MOST).map((sentence) => (
          <li key={sentence}>
            <Sentence view={view} sentence={sentence} clock={proven.get(sentence)} />
          </li>
        ))}
        {timeless !== "" && <li>{timeless}</li>}
        {sentences.length > MOST && (
          <li>{counted(sentences.length - MOST, "more clock")} in the JSON report</li>
        )}
      </ul>
    </Section>
  );
};

/** What is known of a clock, and, where records prove it, those. */
const Sentence = ({
  view,
  sentence,
  clock,
}: {
  view: View;
  sentence: string;
  clock: ReportClock | undefined;
}) => {
  if (!clock) return <>{sentence}</>;
  const face = new StampFace(clocksOf(view.report));
  return (
    <details class="proof">
      <summary>{sentence}</summary>
      {clock.proof!.map((pair, i) => (
        <div key={i}>
          <p>{pairWords(pair.offset, pair.other.source)}</p>
          <ul>
            <Stamped view={view} face={face} record={pair.own} />
            <Stamped view={view} face={face} record={pair.other} />
          </ul>
        </div>
      ))}
    </details>
  );
};

/** The picture: a row for each clock, its bounds as a bar on one axis; nothing where there is only one. */
const Offsets = ({ view }: { view: View }) => {
  const report = clocksOf(view.report);
  const drawn = drawnClocks(report).slice(0, MOST);
  if (drawn.length < 2) return null;
  const scale = scaleFor(drawn);
  const share = (seconds: number) => scale.cell(seconds) / (STEPS - 1);
  const ticks = scale
    .ticks()
    .map(({ seconds, label }) => ({ share: share(seconds), label, strong: seconds === 0 }));
  return (
    <table class="offsets stacking">
      <thead>
        <tr>
          <th scope="col">clock of</th>
          <th scope="col">
            <span class="context">behind ← → ahead</span>
            <Axis ticks={ticks} />
          </th>
          <th scope="col">offset</th>
        </tr>
      </thead>
      <tbody>
        {drawn.map((clock) => (
          <tr key={clock.id}>
            <th scope="row">
              <span class="place">{sourcesCell(clock)}</span>
            </th>
            <td class="drawn">
              <Bounds clock={clock} share={share} />
            </td>
            <td data-label="offset">{standingCell(clock, report)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** All values that the axis must reach, and some way beyond them where an interval has no end. */
function scaleFor(clocks: readonly ReportClock[]): OffsetScale {
  const offsets = clocks.map(({ offset }) => offset!);
  const values = offsets.flatMap(({ min, max, best }) => [min, max, best].filter((value) => value !== null));
  const far = 10 * Math.max(0, ...values.map(Math.abs));
  if (offsets.some(({ min }) => min === null)) values.push(-far);
  if (offsets.some(({ max }) => max === null)) values.push(far);
  return new OffsetScale(values, STEPS);
}

const Bounds = ({ clock, share }: { clock: ReportClock; share: (seconds: number) => number }) => {
  const { min, max, best } = clock.offset!;
  const [from, to] = [min === null ? 0 : share(min), max === null ? 1 : share(max)];
  const zero = percent(share(0));
  return (
    <svg class="bar" width="100%" height="18" aria-hidden="true">
      <line class="zero" x1={zero} x2={zero} y1="0" y2="18" />
      <rect class="bounds" x={percent(from)} width={percent(to - from)} y="5" height="8" />
      {min !== null && <line class="end" x1={percent(from)} x2={percent(from)} y1="3" y2="15" />}
      {max !== null && <line class="end" x1={percent(to)} x2={percent(to)} y1="3" y2="15" />}
      {best !== null && <circle class="best" cx={percent(share(best))} cy="9" r="4" />}
    </svg>
  );
};

const Stamped = ({ view, face, record }: { view: View; face: StampFace; record: ReportEvidence }) => (
  <li>
    <span class="time">{face.of(record)}</span> <Place view={view} record={record} />{" "}
    <code>{excerpt(neutral(record.text), QUOTED)}</code>
  </li>
);

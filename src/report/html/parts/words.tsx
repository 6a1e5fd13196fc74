/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import type { ReportFinding } from "../../contract.js";
import { counted } from "../../page.js";
import { placeOf } from "../../view.js";
import type { View } from "../view.js";

/** Prose in which `words between backticks` are code. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split(/`([^`]+)`/).map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
);

/** A part of the page with its heading, which the contents lead to. */
export const Section = ({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: string;
  /** Stands beside the title. */
  note?: string;
  children: ComponentChildren;
}) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>
      {title}
      {note && (
        <>
          {" "}
          <small>{note}</small>
        </>
      )}
    </h2>
    {children}
  </section>
);

/** How grave it is. */
export const Severity = ({ finding: { severity } }: { finding: ReportFinding }) => (
  <span class={`severity ${severity}`}>{severity}</span>
);

/** `97 % sure`. */
export const sureness = (confidence: number): string => `${Math.round(confidence * 100)} % sure`;

/** `97 % sure, 4 times`. */
export const sureAndOften = ({ confidence, count }: ReportFinding): string =>
  sureness(confidence) + (count > 1 ? `, ${counted(count, "time")}` : "");

/** Where a record stands: `syslog:104`, as a link where the page carries it. */
export const Place = ({ view, record }: { view: View; record: { source: string; line: number } }) => {
  const anchor = view.quotes.anchorOf(record);
  return anchor === undefined ? (
    <span class="place">{placeOf(record)}</span>
  ) : (
    <a class="place" href={`#${anchor}`}>
      {placeOf(record)}
    </a>
  );
};

/** Copies the code beside it, below `head`; the button is there where the page's script runs. */
export const CopyButton = ({ label, head = "" }: { label: string; head?: string }) => (
  <button type="button" class="copy" data-head={head} aria-label={label}>
    Copy
  </button>
);

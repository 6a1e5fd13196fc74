/** @jsxImportSource preact */
import type { ReportFinding } from "../../contract.js";
import { Prose } from "./words.js";

/** What to do about a finding, and how to check that it worked. */
export const Remedies = ({
  finding: { remediation, verify },
  heading: Heading,
  id,
}: {
  finding: ReportFinding;
  /** So that headings keep their order. */
  heading: "h3" | "h4";
  id?: string;
}) => (
  <div class="remedies" id={id}>
    {remediation.length > 0 && (
      <div>
        <Heading>What to do</Heading>
        <Texts texts={remediation} />
      </div>
    )}
    {verify.length > 0 && (
      <div>
        <Heading>How to check</Heading>
        <Texts texts={verify} />
      </div>
    )}
  </div>
);

const Texts = ({ texts }: { texts: readonly string[] }) => (
  <ul>
    {texts.map((text) => (
      <li key={text}>
        <Prose text={text} />
      </li>
    ))}
  </ul>
);

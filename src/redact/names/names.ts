import type { Kinds } from "../kinds.js";
import { isId, isOfficialImage, isOrdinary, isSystemAccount } from "./ordinary.js";
import type { Pseudonyms } from "./pseudonym.js";
import { PUBLIC_NAMES, publicLabels } from "./public.js";

/** The part of a repository's name may stand alone elsewhere, where it is taken for a word. */
const isCommonPart = (part: string): boolean => isOfficialImage(part) || isOrdinary(part);

/** What stands for names of each kind. What is not masked, or everybody's, is given back as it is. */
export class Names {
  constructor(
    private readonly pseudonyms: Pseudonyms,
    private readonly kinds: Kinds,
  ) {}

  /**
   * A name of the DNS or of a machine. Its first label is of the kind `host`, those behind it `domain`, and what is everybody's at its
   * end stays: `web1.moscow.corp.test` has the same domain as `web2.moscow.corp.test`, and the same host as `web1`.
   */
  host(name: string): string {
    // An address, or what a port or a path follows, is for those to mask who know such.
    if (/^[\d.]*$|[:/]/.test(name)) return name;
    const lower = name.toLowerCase().replace(/\.$/, "");
    const labels = lower.split(".");
    if (PUBLIC_NAMES.has(lower) || (labels.length === 1 && (isOrdinary(lower) || isId(lower)))) return name;
    const kept = publicLabels(labels);
    const own = labels.length - kept;
    return name
      .split(".")
      .map((label, i) => {
        if (i >= own || label === "" || label.startsWith("_") || label === "*") return label;
        const kind = i === 0 && (own > 1 || kept === 0) ? "host" : "domain";
        return this.kinds.has(kind) ? this.pseudonyms.of(label) : label;
      })
      .join(".");
  }

  /** A container, pod, service, network or namespace. */
  container(name: string): string {
    return this.kinds.has("container") && !isOrdinary(name.toLowerCase()) && !isId(name)
      ? this.pseudonyms.of(name)
      : name;
  }

  user(name: string): string {
    return this.kinds.has("user") && !isSystemAccount(name.toLowerCase()) ? this.pseudonyms.of(name) : name;
  }

  /** An image or repository without its tag: `registry.corp.test:5000/shop/web`. Of one with a registry, that is a host. */
  image(name: string): string {
    const slash = name.indexOf("/");
    const first = name.slice(0, Math.max(0, slash));
    // As docker tells them apart (distribution/reference): a dot, a port, or localhost.
    if (/[.:]/.test(first) || first === "localhost") {
      const [host = "", ...port] = first.split(":");
      return `${[this.host(host), ...port].join(":")}/${this.image(name.slice(slash + 1))}`;
    }
    if (!this.kinds.has("image") || name.includes("%")) return name;
    return name
      .split("/")
      .map((part) => (isCommonPart(part.toLowerCase()) ? part : this.pseudonyms.of(part)))
      .join("/");
  }
}

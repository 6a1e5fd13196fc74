import type { Density } from "../../../study.js";
import type { TimelineData } from "../../timeline/data.js";
import { clamped, type Extent, framed, wholeExtent } from "../../timeline/extent.js";
import { type Choice, choices, type FilterName, filtered, filteredFindings } from "../../timeline/filter.js";
import {
  type Arrow,
  arrowsOf,
  type FindingRow,
  findingRows,
  type PlacedFinding,
  placed,
  stretchOfFinding,
} from "../../timeline/findings.js";
import { type Item, itemsOf, stretchOf } from "../../timeline/items.js";
import { LANE_MODES, type Lane, type LaneMode, lanesOf } from "../../timeline/lanes.js";
import { unpack } from "../../timeline/pack.js";
import {
  type Found,
  findingIdOf,
  findingKey,
  found,
  type SearchIndex,
  searchIndex,
} from "../../timeline/search.js";
import { INITIAL, type State } from "../../timeline/state.js";
import { TimelineClock } from "../../timeline/words.js";

/** When a listener is told: in the next frame, when a choice (not the view alone) changed, or when nothing changed for a while. */
export type Pace = "frame" | "choice" | "rest";

/** How long the view must be still before what is slow to make, or would be too much to hear, follows it. */
const REST_MS = 200;

/** What the timeline shows: the reader's choices, and what follows from them. */
export class Model {
  readonly clock: TimelineClock;
  readonly whole: Extent;
  readonly densities: Density[];
  readonly items: Item[];
  readonly findings: PlacedFinding[];
  readonly choices: Record<FilterName, Choice[]>;
  readonly modes: LaneMode[];
  state: State = INITIAL;
  /** What the filters leave. */
  shown: Item[] = [];
  lanes: Lane[] = [];
  rows: FindingRow[] = [];
  arrows: Arrow[] = [];
  finds: Found[] = [];
  /** Keys of items that stand out: what the selected finding cites, the selected item, what is searched. */
  outstanding = new Set<string>();
  /** True when the others are shown pale. */
  dims = false;
  private readonly byKey: Map<string, Item>;
  private readonly allFindings: TimelineData["findings"];
  private index: SearchIndex = [];
  private readonly listeners: Record<Pace, Set<() => void>> = {
    frame: new Set(),
    choice: new Set(),
    rest: new Set(),
  };
  private frame = 0;
  private rest = 0;

  /** @param origin the picture's, µs since the epoch */
  constructor(
    data: TimelineData,
    readonly origin: number,
  ) {
    const picture = unpack(data.picture);
    this.clock = new TimelineClock(origin, picture.length);
    this.whole = wholeExtent(picture.length);
    this.densities = picture.densities;
    this.items = itemsOf(picture);
    this.byKey = new Map(this.items.map((item) => [item.key, item]));
    this.allFindings = data.findings;
    this.findings = placed(data.findings);
    const sources = [...new Set(picture.densities.map(({ source }) => source))];
    this.choices = choices(this.items, data.findings, sources);
    const kinds = new Set(this.items.flatMap(({ entities }) => Object.keys(entities)));
    this.modes = LANE_MODES.filter(
      (mode) => mode === "source" || kinds.has(mode) || (mode === "entity" && kinds.size > 1),
    );
    this.derive(undefined);
  }

  get extent(): Extent {
    return this.state.extent ?? this.whole;
  }

  /** What is selected, if it is an item. */
  get item(): Item | undefined {
    return this.byKey.get(this.state.selected ?? "");
  }

  /** What is selected, if it is a finding. */
  get finding(): PlacedFinding | undefined {
    const id = findingIdOf(this.state.selected ?? "");
    return id === undefined ? undefined : this.findings.find((finding) => finding.id === id);
  }

  set(patch: Partial<State>): void {
    const before = this.state;
    this.state = { ...before, ...patch };
    if (this.state.extent) this.state.extent = clamped(this.state.extent, this.whole);
    this.derive(before);
    const choice = Object.keys(patch).some((key) => key !== "extent");
    if (choice) for (const told of this.listeners.choice) told();
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      for (const told of this.listeners.frame) told();
    });
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => {
      for (const told of this.listeners.rest) told();
    }, REST_MS);
  }

  /** @returns ends it */
  on(pace: Pace, told: () => void): () => void {
    this.listeners[pace].add(told);
    return () => this.listeners[pace].delete(told);
  }

  /** Selects a finding and shows it with all that it cites. */
  frameFinding(finding: PlacedFinding): void {
    this.set({
      selected: findingKey(finding.id),
      extent: framed(stretchOfFinding(finding, this.items), this.whole),
    });
  }

  frameItem(item: Item): void {
    this.set({ selected: item.key, extent: framed(stretchOf(item), this.whole) });
  }

  /** Works out again what depends on what changed. */
  private derive(before: State | undefined): void {
    const { state } = this;
    const refiltered = before?.filter !== state.filter;
    if (refiltered) {
      this.shown = filtered(this.items, this.allFindings, state.filter);
      this.rows = findingRows(filteredFindings(this.findings, state.filter, this.shown));
      this.arrows = arrowsOf(this.rows);
      this.index = searchIndex(
        this.shown,
        this.rows.map(({ finding }) => finding),
      );
    }
    if (refiltered || before?.lanes !== state.lanes) {
      const { source } = state.filter;
      const densities = this.densities.filter(
        (density) => source.length === 0 || source.includes(density.source),
      );
      this.lanes = lanesOf(this.shown, densities, state.lanes);
    }
    if (refiltered || before?.query !== state.query) this.finds = found(this.index, state.query);
    if (refiltered || before?.query !== state.query || before?.selected !== state.selected) this.emphasize();
  }

  private emphasize(): void {
    const { finding, item, finds } = this;
    const keys = finding
      ? this.items.filter(({ findingIds }) => findingIds.includes(finding.id)).map(({ key }) => key)
      : finds.map(({ key }) => key);
    this.dims = keys.length > 0;
    this.outstanding = new Set(item ? [...keys, item.key] : keys);
  }
}

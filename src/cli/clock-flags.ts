import { type Command, InvalidArgumentError } from "commander";
import { parseToldOffset, type ToldOffset } from "../api/clock-options.js";

/** Flags about clocks, of every command that puts evidence in order. */
export interface ClockFlags {
  tz?: string;
  year?: number;
  offset?: ToldOffset[];
  align: boolean;
  reference?: string;
}

const year = (value: string): number => {
  if (!/^\d{4}$/.test(value)) throw new InvalidArgumentError("a year has four digits.");
  return Number(value);
};

const offset = (value: string, before: ToldOffset[] = []): ToldOffset[] => {
  const told = parseToldOffset(value);
  if (!told)
    throw new InvalidArgumentError(
      "write it like web1/access.log=+3.2, '*.pcap=-1h30m' or clock-2=+90s: what its stamps are ahead by.",
    );
  return [...before, told];
};

/** Adds the options of {@link ClockFlags} to a command. */
export function clockOptions(command: Command): Command {
  return command
    .option("--tz <zone>", "zone of stamps that name none: Europe/Moscow, +03:00 (default: UTC)")
    .option("--year <year>", "year of stamps that name none", year)
    .option(
      "--offset <source=span>",
      "stamps of a source (path, pattern or clock) are ahead by so much: +3.2, -1h30m (repeatable)",
      offset,
    )
    .option("--no-align", "trust the stamps as they are: compare no clocks")
    .option("--reference <source>", "tell all times in this source's clock (path, pattern or clock)");
}

import type { Event } from "../../model/event.js";

/** Written with dots or with slashes, as `sysctl` and `/proc/sys` have them. */
const SETTING = /^net[./]ipv4[./](?:ip_forward|conf[./]all[./]forwarding)$/;

/** What snapshots of a host's settings say of whether it forwards packets. */
export class Forwarding {
  private setting: string | undefined;
  private isOn = false;

  /** A `sysctl.setting`. */
  learn({ fields }: Event): void {
    const name = String(fields["sysctl.name"]);
    if (!SETTING.test(name)) return;
    if (fields["sysctl.value"] === "0") this.setting = name;
    else this.isOn = true;
  }

  /** The setting by which the kernel forwards nothing. Where snapshots differ, nobody knows which of them is of the moment. */
  get off(): string | undefined {
    return this.isOn ? undefined : this.setting;
  }
}

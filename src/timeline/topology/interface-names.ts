/** What an interface is to the packets of containers. */
export type InterfaceRole = "bridge" | "port" | "overlay" | "other";

/** Names by which docker, podman, CNI, libvirt, LXC, kube-router and Weave call their bridges. */
const BRIDGE =
  /^(?:br-|docker[0-9]|docker_gwbridge$|podman[0-9]|cni[0-9]|cni-|cbr[0-9]|virbr[0-9]|lxcbr[0-9]|lxdbr[0-9]|incusbr[0-9]|nerdctl[0-9]|br[0-9]|kube-bridge$|weave$)/;

/**
 * The host's ends of containers that no bridge joins: the host routes to each of them. Calico's and Cilium's prefixes, and those of the
 * AWS VPC CNI (`eni` and eleven digits, AWS_VPC_K8S_CNI_VETHPREFIX) and of Azure's CNI.
 */
const ROUTED = /^(?:cali|lxc[0-9a-f]|lxc_health$|eni[0-9a-f]{11}$|azv[0-9a-f])/;

/** Names that kernels and those tools give to the host's ends of other containers. */
const PORT = /^(?:veth|vnet[0-9]|tap[0-9])/;

/** Ways into an overlay, where packets are wrapped as they are: flannel's, Calico's, Cilium's, Antrea's, Weave's, the kernel's fallback devices. */
const OVERLAY =
  /^(?:flannel[.-]|vxlan|tunl[0-9]|cilium_(?:vxlan|geneve)$|genev_sys|geneve|vx-[0-9a-f]|wireguard\.cali$|antrea-tun|vethwe-)/;

/** Kinds of link (`ip -d link`) that wrap packets for other hosts of a cluster. WireGuard is as often a VPN, behind which NAT is usual. */
export const OVERLAY_KINDS: ReadonlySet<string> = new Set(["vxlan", "geneve", "ipip"]);

/** The role that an interface's name suggests; `undefined` when it suggests none. */
export function roleByName(name: string): InterfaceRole | undefined {
  if (BRIDGE.test(name)) return "bridge";
  if (OVERLAY.test(name)) return "overlay";
  return PORT.test(name) || ROUTED.test(name) ? "port" : undefined;
}

/** Whether interfaces of this name are the host's ends of containers that it routes to, without a bridge. */
export function isRoutedByName(name: string): boolean {
  return ROUTED.test(name) && !BRIDGE.test(name);
}

import type { Step } from "../step.js";

const REGISTRY: Step["for"] = ["registry"];

/** What a cluster tells of images that cannot be pulled. */
export const KUBERNETES: readonly Step[] = [
  { for: REGISTRY, file: "kubernetes/pods.txt", run: "kubectl get pods -A -o wide", only: "kubectl" },
  {
    for: REGISTRY,
    file: "kubernetes/events.txt",
    run: "kubectl get events -A --sort-by=.lastTimestamp",
    only: "kubectl",
  },
];

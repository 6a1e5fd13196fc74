import { ALL, type Step } from "../step.js";

/** A name and password inside a URL, as proxies have them. */
const NO_PASSWORDS = "s#//[^/@ ]*@#//xxxxx@#g";
const REGISTRY: Step["for"] = ["registry"];

/** Containers, networks and how the daemon is set up. */
export const DOCKER: readonly Step[] = [
  { for: ALL, file: "docker/info.txt", run: "docker info", only: "docker", both: true },
  { for: ALL, file: "docker/version.txt", run: "docker version", only: "docker" },
  { for: ALL, file: "docker/ps.txt", run: "docker ps -a", only: "docker" },
  { for: ALL, run: "docker_answers inspect_containers docker/inspect.json" },
  { for: ALL, run: "docker_answers inspect_networks docker/networks.json" },
  { for: ["dns", "registry"], run: "docker_answers container_files containers/" },
  {
    for: ALL,
    file: "etc/docker/daemon.json",
    run: "cat /etc/docker/daemon.json",
    only: { there: "/etc/docker/daemon.json" },
    through: NO_PASSWORDS,
  },
  {
    for: ALL,
    file: "docker/docker.service.txt",
    run: "systemctl cat docker",
    only: { running: "dockerd" },
    through: NO_PASSWORDS,
  },
  { for: REGISTRY, file: "df.txt", run: "df -h" },
  { for: REGISTRY, file: "df_i.txt", run: "df -i" },
  { for: REGISTRY, file: "docker/df.txt", run: "docker system df", only: "docker" },
];

/** What daemons wrote and containers did. */
export const DOCKER_LOGS: readonly Step[] = [
  {
    for: ALL,
    file: "docker/events.txt",
    run: 'docker events --since "$SINCE" --until "$(date +%s)"',
    only: "docker",
  },
  { for: ALL, run: "docker_answers container_logs containers/" },
  {
    for: ALL,
    run: "journal journal/docker.txt 'docker snap.docker.dockerd containerd' 'dockerd docker containerd'",
  },
  { for: REGISTRY, run: "journal journal/kubelet.txt 'kubelet crio' 'kubelet crio'" },
];

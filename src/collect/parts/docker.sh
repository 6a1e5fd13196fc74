# docker_answers collect FILE docker …: a daemon that does not run could be started by asking it; one that hangs is asked once.
docker_answers() {
  if [ -z "${docker_state:-}" ]; then
    docker_state="no docker daemon runs here"
    if have docker && { [ -n "${DOCKER_HOST:-}" ] || is_running dockerd; }; then
      admit docker/version.txt docker && limited "$work/list" "$work/errors" docker version
      case $status in
        0) docker_state=answers ;;
        *) docker_state="the docker daemon does not answer: $(head -n 1 "$work/errors")" ;;
      esac
    fi
  fi
  if [ "$docker_state" != answers ]; then
    skip "$2" "$docker_state"
    return 0
  fi
  "$@"
}

# The containers that were named, or all that run.
containers() {
  if [ -n "$CONTAINERS" ]; then
    printf '%s\n' "$CONTAINERS" | tr ' ' '\n'
  else
    listed docker ps --format '{{.Names}}'
  fi
}

NO_ENV='/^ *"Env": \[$/,/^ *\],\{0,1\}$/{/^ *"Env": \[$/!{/^ *\],\{0,1\}$/!d;};}'

# docker inspect tells the environment of containers, where passwords are.
inspect_containers() {
  # shellcheck disable=SC2046 # one word for each container
  set -- $(if [ -n "$CONTAINERS" ]; then containers; else listed docker ps -aq; fi)
  if [ $# = 0 ]; then return 0; fi
  if [ "$WITH_ENV" = yes ]; then
    collect docker/inspect.json docker inspect "$@"
  else
    collect_through docker/inspect.json "$NO_ENV" docker inspect "$@"
  fi
}

inspect_networks() {
  # shellcheck disable=SC2046 # one word for each network
  set -- $(listed docker network ls -q)
  if [ $# -gt 0 ]; then collect docker/networks.json docker network inspect "$@"; fi
}

# A container's resolv.conf and hosts as docker wrote them: nothing is run inside it.
container_files() {
  for container in $(containers); do
    for kind in ResolvConfPath:resolv.conf HostsPath:hosts; do
      path=$(listed docker inspect --format "{{.${kind%%:*}}}" "$container")
      if [ -r "$path" ]; then collect "containers/$container/${kind##*:}" cat "$path"; fi
    done
  done
}

# Logs of the containers that were named, else of those that are registries: others are nobody's business here.
container_logs() {
  for container in $(if [ -n "$CONTAINERS" ]; then containers; else listed docker ps -a --format '{{.Names}} {{.Image}}' | sed -n 's/^\([^ ]*\) \([^ ]*\/\)\{0,1\}registry\(:[^ ]*\)\{0,1\}$/\1/p'; fi); do
    collect_both "containers/$container/logs.txt" docker logs -t --since "$SINCE" --tail "$LINE_LIMIT" "$container"
  done
}

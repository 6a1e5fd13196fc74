set -u
umask 077
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# Programs are to speak English, and to tell the host's own time: that is what is read later.
LC_ALL=C
export PATH LC_ALL
unset TZ CDPATH

# A command may take so many seconds, and write so much of what may be collected.
TIME_LIMIT=30
FILE_SHARE=10

used=0
work=''
# 512 KiB, in the units of ulimit, for what the script itself asks.
blocks=1024

say() { printf 'hindcast collect: %s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# The time in UTC, with nanoseconds where date knows them: busybox prints %N as it stands.
now() {
  stamp=$(date -u +%Y-%m-%dT%H:%M:%S.%N)
  case ${stamp##*.} in '' | *[!0-9]*) stamp=${stamp%%.*} ;; esac
  printf '%sZ' "$stamp"
}

# All processes below one, as /proc has them.
below() {
  table='' family=" $1 " size=0
  for stat in /proc/[0-9]*/stat; do
    { read -r line <"$stat"; } 2>/dev/null || continue
    # PID (NAME) STATE PARENT …: a name may contain anything.
    rest=${line##*) ? }
    table="$table ${line%% *}:${rest%% *}"
  done
  while [ "$size" != "${#family}" ]; do
    size=${#family}
    for pair in $table; do
      case $family in
        *" ${pair%%:*} "*) ;;
        *" ${pair##*:} "*) family="$family${pair%%:*} " ;;
      esac
    done
  done
  printf '%s\n' "${family#" $1 "}"
}

# Ends processes: those that do not end by themselves soon are killed.
end() {
  if [ $# = 0 ]; then return 0; fi
  kill -TERM "$@" 2>/dev/null
  sleep 0.2 2>/dev/null || sleep 1
  kill -KILL "$@" 2>/dev/null
}

# Nothing is left behind, however the script ends: no process, no file but the archive.
clean_up() {
  trap '' HUP INT TERM
  # shellcheck disable=SC2046 # one word for each process
  end $(below $$)
  wait 2>/dev/null
  cd /
  [ -z "$work" ] || rm -rf "$work"
}
trap clean_up EXIT
trap 'say "interrupted: nothing was kept"; exit 129' HUP
trap 'say "interrupted: nothing was kept"; exit 130' INT
trap 'say "interrupted: nothing was kept"; exit 143' TERM

# Where the archive goes, and a folder for what is to be packed.
prepare() {
  name=hindcast-$(uname -n)-$(date -u +%Y%m%dT%H%M%SZ)
  archive=${1:-${ARCHIVE:-.}}
  case $archive in /*) ;; *) archive=$PWD/$archive ;; esac
  if [ -d "$archive" ]; then archive=${archive%/}/$name.tar.gz; fi
  if [ -e "$archive" ]; then
    say "$archive exists already: name another place"
    exit 2
  fi
  if [ ! -w "${archive%/*}/" ]; then
    say "${archive%/*}: nothing can be written there; name another place"
    exit 2
  fi
  work=$(mktemp -d "${TMPDIR:-/tmp}/hindcast.XXXXXX") || exit 1
  case $work in /*) ;; *) work=$PWD/$work ;; esac
  mkdir "$work/$name" && cd "$work/$name" || exit 1
  # What is collected lies there twice while it is packed, and as much must stay free.
  free=$(df -Pk . | { read -r _ && read -r _ _ _ free _ && echo "$free"; })
  case $free in
    '' | *[!0-9]*) ;;
    *)
      if [ $((free / 4)) -lt $((MAX_BYTES / 1024)) ]; then
        MAX_BYTES=$((free * 256))
        note "only $free KiB are free in $work: at most $MAX_BYTES bytes are collected (TMPDIR=… names another place)"
      fi
      ;;
  esac
  if [ "$(id -u)" != 0 ]; then
    note "not run as root: captures, packet filter rules and most logs will be missing"
  fi
}

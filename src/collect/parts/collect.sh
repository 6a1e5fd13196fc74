# A line of the manifest (grammars/host/collect-manifest.grammar), without the characters that could be taken for more than text.
manifest() { printf '%s\n' "$*" | tr -d '\001-\010\013-\037\177' >>MANIFEST; }

# Something that the reader of the archive should know.
note() {
  say "$*"
  manifest "note $(now) $*"
}

# What could not be collected, and why.
skip() {
  status=127
  say "$1: not collected: $2"
  manifest "missing $(now) $1: $2"
}

# limited OUTPUT ERRORS COMMAND…: runs it within the limits of time and size. Gives $status; 124 when its time was over.
limited() {
  output=$1 errors=$2
  shift 2
  rm -f "$work/status" "$output"
  sleep "$TIME_LIMIT" &
  nap=$!
  (
    (
      ulimit -f "$blocks"
      exec "$@"
    ) >>"$output" 2>>"$errors" </dev/null
    echo $? >"$work/status"
    # Not TERM: a shell that has not become sleep yet would catch that.
    kill -KILL "$nap"
  ) 2>/dev/null &
  job=$!
  wait "$nap" 2>/dev/null
  if [ -s "$work/status" ]; then
    wait "$job" 2>/dev/null
    read -r status <"$work/status"
  else
    # shellcheck disable=SC2046 # one word for each process
    end $(below "$job") "$job"
    wait "$job" 2>/dev/null
    status=124
  fi
}

# admit FILE PROGRAM: may this still be collected? Gives $blocks, the size that it may have, in units of ulimit.
admit() {
  if ! have "$2"; then
    skip "$1" "there is no $2 on this host"
    return 1
  fi
  say "$1"
  left=$((MAX_BYTES - used)) most=$((MAX_BYTES / FILE_SHARE))
  if [ "$left" -lt 512 ]; then
    skip "$1" "the limit of $MAX_BYTES bytes is reached"
    return 1
  fi
  if [ "$left" -gt "$most" ]; then left=$most; fi
  blocks=$((left / 512))
  case $1 in */*) mkdir -p "${1%/*}" ;; esac
  : >"$work/errors"
}

hash_of() {
  if have sha256sum; then
    sha256sum <"$1" | { read -r hash _ && printf '%s' "$hash"; }
  else
    printf '%s' -
  fi
}

# record FILE STATUS BEGAN COMMAND: enters a file into the manifest, with what its command complained of.
record() {
  bytes=0
  if [ -s "$1" ]; then
    bytes=$(wc -c <"$1")
    bytes=$((bytes))
    used=$((used + bytes))
    manifest "file $3 $(now) status=$2 bytes=$bytes sha256=$(hash_of "$1") file=$1 command=$4"
  else
    rm -f "$1"
    manifest "file $3 $(now) status=$2 bytes=0 sha256=- file=$1 command=$4"
  fi
  case $2 in
    0) ;;
    124) say "  stopped after $TIME_LIMIT s" ;;
    153) say "  stopped at its limit of size" ;;
    *) say "  ended with status $2" ;;
  esac
  if [ -s "$work/errors" ]; then
    grep -v '^[[:space:]]*$' "$work/errors" | head -n 5 | cut -c 1-300 | while IFS= read -r line; do
      if [ "$2" != 0 ]; then say "  $line"; fi
      manifest "note $(now) $1: $line"
    done
  fi
}

# collect FILE COMMAND…: keeps what a command prints.
collect() {
  file=$1
  shift
  admit "$file" "$1" || return 0
  began=$(now)
  limited "$file" "$work/errors" "$@"
  record "$file" "$status" "$began" "$*"
}

# The same with what it prints on standard error: that is part of what it tells.
collect_both() {
  file=$1
  shift
  admit "$file" "$1" || return 0
  began=$(now)
  limited "$file" "$file" "$@"
  record "$file" "$status" "$began" "$* 2>&1"
}

# collect_through FILE SED COMMAND…: keeps what a script of sed leaves of it.
collect_through() {
  file=$1 filter=$2
  shift 2
  admit "$file" "$1" || return 0
  began=$(now)
  limited "$work/raw" "$work/errors" "$@"
  sed "$filter" "$work/raw" >"$file"
  rm -f "$work/raw"
  record "$file" "$status" "$began" "$*"
}

# Lists that the script itself needs: prints what a command does, within the same limits.
listed() {
  admit list "$1" >/dev/null 2>&1 || return 0
  limited "$work/list" "$work/errors" "$@"
  head -n "$LIST_LIMIT" "$work/list"
}

# The same with what it prints on standard error.
answers() {
  admit list "$1" >/dev/null 2>&1 || return 0
  limited "$work/list" "$work/list" "$@"
  cat "$work/list"
}

# A host may have thousands of containers or interfaces.
LIST_LIMIT=200

# instead collect FILE COMMAND…: where the command before it failed; simple versions of tools know fewer options.
instead() {
  if [ "$status" != 0 ]; then "$@"; fi
}

# Is a kernel module there? Many programs load what they ask: they are not run where that is missing.
is_loaded() {
  # Without this file the kernel can load nothing: all that it has is built in.
  [ -e /proc/modules ] || return 0
  [ -d "/sys/module/$1" ] && return 0
  grep -q "/$1\.ko" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null
}

# loaded MODULES collect FILE COMMAND…
loaded() {
  for module in $1; do
    is_loaded "$module" && continue
    skip "$3" "the kernel module $module is not loaded, and $4 would load it"
    return 0
  done
  shift
  "$@"
}

# unloaded MODULE collect FILE COMMAND…: what says less, where loaded cannot be asked.
unloaded() {
  if is_loaded "$1"; then return 0; fi
  shift
  "$@"
}

is_running() {
  for comm in /proc/[0-9]*/comm; do
    { read -r line <"$comm"; } 2>/dev/null && [ "$line" = "$1" ] && return 0
  done
  return 1
}

# running PROCESS collect FILE COMMAND…: asking a daemon that does not run could start it.
running() {
  if ! is_running "$1"; then
    skip "$3" "$1 does not run"
    return 0
  fi
  shift
  "$@"
}

# there FILE collect …: only where the host has this file.
there() {
  if [ ! -e "$1" ]; then return 0; fi
  shift
  "$@"
}

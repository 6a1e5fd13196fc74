# watch SHARE FILE ERRORS COMMAND…: lets it run until stop_watching, with a share (a tenth, …) of what may be collected.
watch() {
  share=$1 file=$2 errors=$3
  shift 3
  admit "$file" "$1" || return 0
  began=$(now)
  (
    ulimit -f $((MAX_BYTES / share / 512))
    exec "$@"
  ) >"$file" 2>"$errors" </dev/null &
  printf '%s\n' "$! $file $errors $began $*" >>"$work/watches"
}

# Stops what watch began, and enters it into the manifest. TERM, because what runs beside a script ignores INT.
stop_watching() {
  [ -e "$work/watches" ] || return 0
  while read -r pid _; do
    kill -TERM "$pid" 2>/dev/null
  done <"$work/watches"
  while read -r pid file errors began command; do
    wait "$pid" 2>/dev/null
    status=$?
    # That is how it was stopped.
    if [ "$status" = 143 ]; then status=0; fi
    : >"$work/errors"
    case $errors in
      "$work"/*) mv "$errors" "$work/errors" ;;
      *) record "$errors" 0 "$began" "$command" ;;
    esac
    anything=no
    for part in "$file"[0-9]* "$file"; do
      if [ ! -s "$part" ]; then continue; fi
      record "$part" "$status" "$began" "$command"
      anything=yes
      : >"$work/errors"
    done
    if [ "$anything" = no ]; then record "$file" "$status" "$began" "$command"; fi
    # tcpdump prints nothing: what it saw is in the files beside.
    if [ ! -s "$file" ]; then rm -f "$file"; fi
  done <"$work/watches"
  rm -f "$work/watches"
}

# watch_one FILE COMMAND…: what hardly writes anything.
watch_one() {
  file=$1
  shift
  watch 20 "$file" "$work/errors.${file##*/}" "$@"
}

wait_and_watch() {
  await_captures
  say "watching for $DURATION s: let the problem happen now"
  sleep "$DURATION" &
  wait $!
}

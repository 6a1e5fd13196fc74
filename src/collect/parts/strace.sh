# Follows the system calls of processes, by number or by name: it slows them down, and was asked for.
trace_processes() {
  for wanted in $STRACE; do
    pids=''
    case $wanted in
      *[!0-9]*)
        for comm in /proc/[0-9]*/comm; do
          { read -r line <"$comm"; } 2>/dev/null || continue
          comm=${comm#/proc/}
          # The kernel keeps 15 characters of a name.
          if [ "$line" = "$(printf '%.15s' "$wanted")" ]; then pids="$pids -p ${comm%%/*}"; fi
        done
        ;;
      *) pids="-p $wanted" ;;
    esac
    if [ -z "$pids" ]; then
      skip "strace/$wanted.txt" "no process of this name runs"
      continue
    fi
    # Stamps since the epoch, because those of a clock say neither date nor zone; strings as long as DNS messages.
    # shellcheck disable=SC2086 # one word for each process
    watch 5 "strace/$wanted.txt" "$work/strace.$wanted" \
      strace -f -ttt -T -yy -s 512 -e trace=network,desc -o "strace/$wanted.txt" $pids
  done
}

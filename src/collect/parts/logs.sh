# Is there a journal? Its best form has microseconds, date and zone; older systemd has one without year and zone.
prepare_logs() {
  journal_form=''
  if have journalctl && [ -n "$(listed journalctl -q -n 1 --no-pager)" ]; then
    journal_form=short-iso-precise
    limited "$work/list" "$work/errors" journalctl -n 0 -o "$journal_form"
    if [ "$status" != 0 ]; then journal_form=short-precise; fi
  fi
}

# journal FILE UNITS PROGRAMS: what the units' journal says, or, on a host without one, what the programs wrote into syslog's file.
journal() {
  file=$1 units=$2 programs=$3
  if [ -n "$journal_form" ]; then
    # shellcheck disable=SC2046,SC2086 # one word for each unit
    collect "$file" journalctl $(printf ' -u %s' $units) -o "$journal_form" --since "@$SINCE" -n "$LINE_LIMIT" --no-pager
  else
    syslog "$file" "$programs"
  fi
}

kernel_log() {
  if [ -n "$journal_form" ] && [ -n "$(listed journalctl -k -n 1 -q --no-pager)" ]; then
    collect journal/kernel.txt journalctl -k -o "$journal_form" --since "@$SINCE" -n "$LINE_LIMIT" --no-pager
  else
    collect dmesg.txt dmesg
  fi
}

syslog() {
  file=$1
  for log in /var/log/syslog /var/log/messages; do
    [ -r "$log" ] || continue
    collect_through "$file" "/ \\($(printf '%s' "$2" | sed 's/ /\\|/g')\\)\\(\\[[0-9]*\\]\\)\\{0,1\\}: /!d" tail -n "$LINE_LIMIT" "$log"
    return 0
  done
  skip "$file" "there is neither a journal nor a syslog file that this user may read"
}
LINE_LIMIT=100000

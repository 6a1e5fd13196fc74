# How tcpdump is to capture: on which interfaces, and how large each file of its rings may become.
prepare_captures() {
  count=$1 interfaces=$INTERFACES interface_options=''
  have tcpdump || return 0
  if [ "$interfaces" = any ]; then
    if answers tcpdump -i any -L | grep -q LINUX_SLL2; then
      # This form tells on which interface each packet was seen.
      interface_options='-y LINUX_SLL2'
    else
      interfaces=''
      for path in /sys/class/net/*; do
        [ "$(cat "$path/operstate" 2>/dev/null)" = up ] && interfaces="$interfaces ${path##*/}"
      done
      # shellcheck disable=SC2086 # one word for each interface
      interfaces=$(printf '%s\n' $interfaces | head -n 8)
      note "this tcpdump or this user cannot capture all interfaces by their names at once: each has a capture of its own"
    fi
  fi
  # shellcheck disable=SC2086 # one word for each interface
  set -- $interfaces
  # Half of everything is for packets. The newest ones stay: tcpdump writes files in turn.
  megabytes=$((MAX_BYTES / 2 / 1000000 / count / ($# > 0 ? $# : 1)))
  ring_files=$((megabytes < 4 ? (megabytes < 1 ? 1 : megabytes) : 4))
  ring_size=$((megabytes / ring_files > 0 ? megabytes / ring_files : 1))
  # Another user could not write the ring's next file into this folder.
  if [ "$(id -u)" = 0 ] && answers tcpdump --help | grep -q -e '-Z'; then
    interface_options="$interface_options -Z root"
  fi
}

# capture NAME SNAPLEN FILTER: -p, because the promiscuous mode of an interface is a change of the host.
capture() {
  label=$1 snaplen=$2 packets=$3
  have tcpdump || { skip "capture/$label.pcap" "there is no tcpdump on this host"; return 0; }
  for interface in $interfaces; do
    place=$label
    if [ "$interface" != any ]; then place=$label-$interface; fi
    # shellcheck disable=SC2086 # options
    watch 2 "capture/$place.pcap" "capture/$place.tcpdump.txt" \
      tcpdump -i "$interface" $interface_options -p -nn -U -s "$snaplen" -C "$ring_size" -W "$ring_files" \
      -w "capture/$place.pcap" "$packets"
  done
}

# Waits until the captures see packets: what happens before that is not in them. One that ended will see none.
await_captures() {
  tries=0
  [ -e "$work/watches" ] || return 0
  while read -r pid file errors _; do
    case $file in capture/*) ;; *) continue ;; esac
    while [ "$tries" -lt 50 ] && is_alive "$pid" && ! grep -q -e 'listening on' "$errors"; do
      sleep 0.1 2>/dev/null || sleep 1
      tries=$((tries + 1))
    done
  done <"$work/watches"
}

# Does a process still run? Those that nobody has waited for yet have left their place in /proc.
is_alive() {
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  case ${line##*) } in Z*) return 1 ;; esac
}

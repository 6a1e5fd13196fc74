# sysctls FILE NAME…: kernel settings as sysctl prints them, read from /proc/sys. A * in a name stands for each interface.
sysctls() {
  file=$1
  shift
  admit "$file" cat || return 0
  began=$(now)
  for setting in "$@"; do
    for path in $(printf '/proc/sys/%s' "$setting" | tr . /); do
      # Not with read: these files give all at once or nothing, and some shells read byte by byte.
      value=$(cat "$path" 2>/dev/null) || continue
      # A dot in an interface's name is a slash in that of its setting.
      printf '%s = %s\n' "$(printf '%s' "${path#/proc/sys/}" | tr ./ /.)" "$value"
    done
  done >"$file"
  record "$file" 0 "$began" "cat /proc/sys"
}

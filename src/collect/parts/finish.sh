# Packs what was collected, for its owner alone.
pack() {
  manifest "note $(now) $used bytes collected"
  cd "$work" || exit 1
  case $archive in *.gz | *.tgz) if ! have gzip; then archive=${archive%.gz}; fi ;; esac
  if ! tar -cf packed.tar "$name"; then
    say "the archive could not be packed"
    exit 1
  fi
  # Never over what somebody else put there in the meantime.
  set -C
  case $archive in
    *.gz | *.tgz) gzip -c packed.tar >"$archive" ;;
    *) cat packed.tar >"$archive" ;;
  esac || {
    say "$archive could not be written"
    exit 1
  }
  set +C
  # Who called sudo is to read it.
  if [ -n "${SUDO_UID:-}" ] && [ "$(id -u)" = 0 ]; then chown "$SUDO_UID:${SUDO_GID:-}" "$archive"; fi
  say "done: $archive ($(wc -c <"$archive") bytes)"
  say "read it with: hindcast $archive"
}

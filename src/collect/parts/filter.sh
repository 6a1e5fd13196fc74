# packet_filter iptables TABLES: the rules of both kinds of it. TABLES names those of the old kind that are there.
packet_filter() {
  if have "$1-nft-save" || have "$1-legacy-save"; then
    loaded nf_tables collect "network/$1-nft.txt" "$1-nft-save"
    there "$2" collect "network/$1-legacy.txt" "$1-legacy-save"
  else
    case $(listed "$1-save" -V) in
      *nf_tables*) loaded nf_tables collect "network/$1.txt" "$1-save" ;;
      *) there "$2" collect "network/$1.txt" "$1-save" ;;
    esac
  fi
}

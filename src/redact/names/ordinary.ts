/**
 * Words that are names now and then, and far more often words: of logs, of commands, of our own reports. A machine called `docker`
 * gives nobody away, and a report without the word could not be read.
 */
const WORDS = `
a an and any api app apps at auto all access address agent admin alpine apache archive array as async attach auth
backend base bash bin boot bridge br0 br1 broker build busybox by cache call cat cert ceph ci client clock cluster cmd collector command
common compose config conf connect console consul container containerd control controller core coredns cpu create cri cron cups
daemon data database date db debian debug default demo deploy dev device dhcp dir disk dist dnf dns dnsmasq docker dockerd down dpkg
echo elasticsearch empty engine env error eth0 etc etcd event events exec exit export external
false fail failed fatal fedora file filter fluentd flannel for forward free from front frontend fs fuse
gateway get git go grafana group guest handler haproxy head health hello host hostname host-gateway hosts http httpd https
icmp id if image images in index info info init input install interface internal ip ipv4 ipv6 iptables is it
java job jobs journal kafka kernel key keycloak kube kube-system kubelet kubernetes
latest level library line link linux list load local localhost log logs lo
mac mail main manager mariadb master memcached memory message metrics minio mode mongo mongodb monitor mount mysql
name names nat net network networks new nfs nft nginx no node none nobody not ns null
object of off ok on open operator or os other out output
package parent password path peer php pid ping pod podman pods policy pool port ports postgres prod production prometheus proc process
proxy public pull push python query queue
rabbitmq read reader ready redis registry remote repo reply request resolver response restart result root route router rpc rsyslog rule run runc
scheduler search secret server servers service services session set setup sh shell shim short sidecar smtp socket source ssh sshd
stack stage staging start state static status stderr stdin stdout step stop storage store stream string sudo svc swap sync sys syslog system systemd
table tag target task tcp telnet test tests the time timeout tls tmp to token tools trace traefik true type
ubuntu udp unknown up update upstream uptime us user users
value var vault version virtual volume volumes wait web webapp webserver worker world worker write x yes zabbix zone zookeeper
`;
const ORDINARY: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ""));

/** Accounts that systems and their packages make (Debian's base-passwd and others): they are of no person. */
const ACCOUNTS: ReadonlySet<string> = new Set(
  `root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt sshd messagebus
  systemd-network systemd-resolve systemd-timesync systemd-coredump syslog uuidd tcpdump _rpc statd ntp chrony _chrony postfix
  dnsmasq avahi polkitd rtkit landscape pollinate mysql postgres redis nginx apache http docker git admin administrator
  ubuntu debian centos ec2-user vagrant core fedora alpine node operator halt shutdown ftp adm wheel sudo guest user test app
  elasticsearch grafana prometheus jenkins gitlab-runner rabbitmq mongodb memcache memcached consul vault etcd kube`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Images that everybody has (Docker Hub's official ones) and names without a meaning of their own: they say what runs, not whose. */
const IMAGES: ReadonlySet<string> = new Set(
  `adminer alpine amazonlinux archlinux busybox buildpack-deps caddy cassandra centos chronograf consul couchbase couchdb debian
  docker drupal eclipse-temurin elasticsearch elixir erlang fedora flink fluentd gcc ghost golang gradle haproxy haskell hello-world
  httpd influxdb jenkins jetty joomla julia kafka kibana kong logstash mariadb maven mediawiki memcached mongo mongo-express mysql
  nats neo4j nextcloud nginx node odoo openjdk oraclelinux perl php postgres python rabbitmq redis redmine registry rethinkdb
  rockylinux ruby rust scratch solr sonarqube swift telegraf tomcat traefik ubuntu varnish vault wordpress zookeeper pause coredns etcd
  kube-proxy kube-apiserver kube-scheduler kube-controller-manager library`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Is the name a word that means something else nearly everywhere? Numbers and single characters are, too. */
export const isOrdinary = (name: string): boolean =>
  name.length < 2 || /^[\d.:_-]+$/.test(name) || ORDINARY.has(name);

/** A container's id, short or long: it stays, and so does the host name that docker makes of it. */
export const isId = (name: string): boolean => /^(?:[0-9a-f]{12}|[0-9a-f]{64})$/.test(name);

export const isSystemAccount = (name: string): boolean =>
  ACCOUNTS.has(name) || name.length < 2 || /^\d+$/.test(name);

export const isOfficialImage = (name: string): boolean => IMAGES.has(name);

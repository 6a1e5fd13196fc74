/** Service names that tcpdump, netstat and log writers print instead of numbers (getservbyport, /etc/services). */
const SERVICES: Record<string, number> = {
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  time: 37,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  http: 80,
  www: 80,
  "http-alt": 8080,
  kerberos: 88,
  pop3: 110,
  sunrpc: 111,
  ntp: 123,
  "netbios-ns": 137,
  "netbios-dgm": 138,
  "netbios-ssn": 139,
  imap2: 143,
  snmp: 161,
  bgp: 179,
  ldap: 389,
  https: 443,
  "microsoft-ds": 445,
  submission: 587,
  syslog: 514,
  ldaps: 636,
  "domain-s": 853,
  imaps: 993,
  pop3s: 995,
  openvpn: 1194,
  "ms-sql-s": 1433,
  nfs: 2049,
  docker: 2375,
  "docker-s": 2376,
  mysql: 3306,
  postgresql: 5432,
  mdns: 5353,
  hostmon: 5355,
  amqp: 5672,
  redis: 6379,
  webcache: 8080,
};

/** Number of a port or service name; `undefined` for a name that is not known. */
export function port(text: string): number | undefined {
  const code = text.charCodeAt(0);
  if (code >= 48 && code <= 57) {
    const number = +text;
    return number <= 65535 ? number : undefined;
  }
  return Object.hasOwn(SERVICES, text) ? SERVICES[text] : undefined;
}

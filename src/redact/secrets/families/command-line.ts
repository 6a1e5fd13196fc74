import { isSecretValue } from "../keys.js";
import type { SecretFamily } from "../types.js";

/** What stands between an option and its value: a space, `=`, or the strings of a list (JSON, strace's execve). */
const NEXT = `(?:[ \\t]{1,8}|=|\\\\{0,3}["'],\\s{0,40}\\\\{0,3}["'])`;
const VALUE = `((?<=["'])[^"'\\\\]{1,1024}(?=\\\\{0,3}["'])|["'][^"'\\r\\n]{1,1024}["']|[^\\s"'\\\\,;|&]{1,1024})`;
const FLAGS =
  "password|passwd|pass|passphrase|token|secret|api-?key|access-?key|secret-?key|secret-access-key|client-secret|auth-token|bearer-token|oauth-token|registry-token|root-password|admin-password|db-password|db-pass|requirepass|masterauth|storepass|keypass|vault-password|proxy-password|http-password|ftp-password|ca-key-password|identity-token|discovery-token|tls-bootstrap-token|swarm-token|private-key|account-key|sas-token|connection-string";
/** Programs whose option is a password in one letter, and which letter (their manual pages). */
const SHORT: readonly (readonly [programs: string, letter: string])[] = [
  [
    "docker login|podman login|buildah login|skopeo login|nerdctl login|helm registry login|oc login|az login|sshpass|mongosh?|mongodump|vncviewer|7z|zip|unzip",
    "-p",
  ],
  ["redis-cli|redis-benchmark", "-a"],
  ["ldapsearch|ldapmodify|ldapadd|ldapwhoami", "-w"],
  ["ipmitool", "-P"],
  ["snmpget|snmpwalk|snmpbulkwalk|snmpset", "-c"],
  ["cqlsh|mosquitto_pub|mosquitto_sub|tsql|sqlcmd|bcp", "-P"],
];

/** Passwords that are typed behind an option, also as they stand in histories, lists of processes and traces. */
export const commandLine: SecretFamily = {
  id: "command-line",
  title: "Passwords on command lines",
  hints: ["--", "-p", "-u", "-a", "-w", "-c", "pass:", "-requirepass", "htpasswd"],
  patterns: [
    {
      pattern: new RegExp(`(--?(?:${FLAGS})${NEXT})${VALUE}`, "gi"),
      accepts: (secret) => isSecretValue(secret) && !secret.startsWith("-"),
    },
    // mysql -pSECRET, mysqldump -pSECRET: without a space.
    {
      pattern:
        /(\b(?:mysql\w{0,10}|mariadb[\w-]{0,10})\b[^\r\n|;&]{0,256}?(?:\s|["'],\s{0,40}["'])-p)((?![\s"'])[^\s"'\\,|;&]{1,256})/g,
      accepts: (secret) => secret !== "" && !/^(?:ort|rotocol)\b/.test(secret),
    },
    ...SHORT.map(([programs, letter]) => ({
      pattern: new RegExp(
        `(\\b(?:${programs.replaceAll(" ", `(?:\\s|["'],\\s{0,40}["'])`)})\\b[^\\r\\n|;&]{0,256}?(?:\\s|["'],\\s{0,40}["'])${letter}(?:[ \\t]{0,4}|["'],\\s{0,40}["']))${VALUE}`,
        "g",
      ),
      accepts: (secret: string) => isSecretValue(secret) && !secret.startsWith("-"),
    })),
    // curl -u USER:PASSWORD, also --user and --proxy-user; wget's and httpie's are options above.
    {
      pattern:
        /(\b(?:curl|http|https|wget)\b[^\r\n|;]{0,512}?(?:\s|["'],\s{0,40}["'])(?:-u|-U|--user|--proxy-user|-a)(?:[ \t]{0,4}|=|["'],\s{0,40}["'])["']?[^\s:"'\\]{0,128}:)([^\s"'\\]{1,256})/g,
      accepts: (secret) => !secret.startsWith("//"),
    },
    {
      pattern: /(\b(?:-pass(?:in|out)?|-passin|-k)(?:[ \t]{1,4}|["'],\s{0,40}["'])pass:)([^\s"'\\]{1,256})/g,
    },
    {
      pattern: /(\bhtpasswd\s(?:-[A-Za-z]{1,6}\s){1,4}\S{1,128}\s\S{1,64}\s)(\S{1,256})/g,
      accepts: (secret) => !secret.startsWith("-"),
    },
    { pattern: /(\bchpasswd\b[^\r\n]{0,8}<<<\s?["']?[^\s:"']{1,64}:)([^\s"']{1,256})/g },
    {
      pattern:
        /(\becho\s{1,4}["']?[^\s:"'|]{1,64}:)([^\s"'|]{1,256})(?=["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?chpasswd)/g,
    },
    {
      pattern:
        /(\becho\s{1,4}(?:-n\s{1,4})?["']?)([^\s"'|]{1,256})(?=["']?\s{0,4}\|[^|\r\n]{0,128}--password-stdin)/g,
    },
  ],
  samples: [
    { text: "docker login --username bob --password hunter2 registry.corp.test", secret: "hunter2" },
    { text: "docker login -u bob -p 'hunter2' registry.corp.test", secret: "hunter2" },
    {
      text: 'execve("/usr/bin/mysql", ["mysql", "-u", "root", "-ps3cret", "shop"], 0x7ffe)',
      secret: "s3cret",
    },
    { text: "mysqldump -h db -pMyPass shop > x", secret: "MyPass" },
    { text: "curl -fsS -u bob:hunter2 https://registry.corp.test/v2/", secret: "hunter2" },
    { text: '"Cmd": ["redis-server", "--requirepass", "pa55"]', secret: "pa55" },
    { text: "redis-cli -h cache -a pa55word ping", secret: "pa55word" },
    { text: "snmpwalk -v2c -c pr1vate 10.0.0.1", secret: "pr1vate" },
    { text: "openssl rsa -in k.pem -passin pass:abc123", secret: "abc123" },
    { text: "sshpass -p hunter2 ssh bob@web1", secret: "hunter2" },
    { text: "echo hunter2 | docker login -u bob --password-stdin", secret: "hunter2" },
    { text: "kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef", secret: "abcdef.0123456789abcdef" },
    { text: "htpasswd -bB users bob hunter2", secret: "hunter2" },
  ],
  near: [
    "docker run -p 8080:80 nginx",
    "docker login --password-stdin registry.corp.test",
    "mkdir -p /var/lib/x",
    "ssh -p 2222 web1",
    "mysql -h db -P 3306 -p",
    "curl -u bob https://registry.corp.test/",
  ],
};

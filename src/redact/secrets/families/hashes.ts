import type { SecretFamily } from "../types.js";

/** Passwords as systems keep them: weak ones are found by trying (crypt(5), htpasswd, RFC 2307). */
export const hashes: SecretFamily = {
  id: "hashes",
  title: "Password hashes: crypt, htpasswd, /etc/shadow, LDAP",
  source: "https://man7.org/linux/man-pages/man5/crypt.5.html",
  hints: [
    "$1$",
    "$2",
    "$5$",
    "$6$",
    "$7$",
    "$y$",
    "$gy$",
    "$apr1$",
    "$argon2",
    "$pbkdf2",
    "$sha1$",
    "{ssha",
    "{sha",
    "{md5",
    "{crypt",
    "scram-sha-256$",
    "md5",
    ":!",
  ],
  patterns: [
    {
      pattern:
        /()(\$(?:1|2[abxy]?|5|6|7|y|gy|sha1|apr1|argon2(?:id|i|d)|pbkdf2(?:-sha\d{1,3})?)\$[A-Za-z0-9./=,$+-]{8,512})/g,
    },
    { pattern: /(\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512)\})([A-Za-z0-9+/=$.]{8,256})/gi },
    { pattern: /()(SCRAM-SHA-256\$\d{1,8}:[A-Za-z0-9+/=]{8,128}\$[A-Za-z0-9+/=:]{16,256})/g },
    // The old crypt of DES in a line of shadow or htpasswd.
    {
      pattern: /(^[\w.-]{1,64}:)([A-Za-z0-9./]{13})(?=:\d{0,6}:|$)/gm,
      accepts: (secret) => /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret),
    },
  ],
  samples: [
    {
      text: "bob:$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2:19600:0:99999:7:::",
      secret: "qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2",
    },
    { text: "bob:$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/", secret: "HqJZimcKQFAMYayBlzkrA" },
    { text: "bob:$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC", secret: "c4WoMPo3SXsafkva" },
    { text: "bob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", secret: "W6ph5Mm5Pz8GgiULbPgzG37mj9g" },
    {
      text: "root:$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7:19600:0:::",
      secret: "X3DX6M94c7o",
    },
  ],
  near: ["echo $1 $2", "sha256:65da35563fc4d72c03b70fb45f61d462021182733fa62b8fc74c30e62a961887", "price $5"],
};

import type { SecretFamily } from "../types.js";

/** Keys of clouds by their own look. Their secrets stand behind keys that tell (`key-value`). */
export const cloud: SecretFamily = {
  id: "cloud",
  title: "Keys of AWS, Azure, Google Cloud, DigitalOcean and Alibaba Cloud",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
  hints: [
    "akia",
    "asia",
    "abia",
    "acca",
    "a3t",
    "aws",
    "accountkey",
    "sharedaccess",
    "q~",
    "aiza",
    "ya29.",
    "gocspx-",
    "dop_v1_",
    "doo_v1_",
    "dor_v1_",
    "ltai",
    "private_key",
    "serviceaccount",
  ],
  patterns: [
    { pattern: /()\b((?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16})\b/g },
    { pattern: /(\baws.{0,32}?(?:secret|key).{0,16}?["'\s:=]{1,8})([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi },
    {
      pattern:
        /(\b(?:AccountKey|SharedAccessKey|SharedSecret|SharedAccessSignature)=)([^\s;"'\\<>]{8,1024})/gi,
    },
    { pattern: /()(?<![\w~.-])([\w~.]{3}\dQ~[\w~.-]{31,34})(?![\w~.-])/g },
    { pattern: /()\b(AIza[\w-]{35})/g },
    { pattern: /()\b(ya29\.[\w-]{20,1024})/g },
    { pattern: /()\b(GOCSPX-[\w-]{28})/g },
    { pattern: /()\b(do[por]_v1_[0-9a-f]{64})\b/g },
    { pattern: /()\b(LTAI[A-Za-z0-9]{12,24})\b/g },
    { pattern: /("private_key_id"\s{0,4}:\s{0,4}")([0-9a-f]{40})/g },
  ],
  samples: [
    { text: "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", secret: "AKIAIOSFODNN7EXAMPLE" },
    {
      text: "AWS secret key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    },
    {
      text: "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==;EndpointSuffix=core.windows.net",
      secret: "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==",
    },
    { text: "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", secret: "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY" },
    { text: "abc8Q~0123456789abcdefghijklmnopqrstuv", secret: "abc8Q~0123456789abcdefghijklmnopqrstuv" },
    { text: `dop_v1_${"0a1b2c3d".repeat(8)}`, secret: "0a1b2c3d0a1b2c3d" },
  ],
  near: ["AKIA is the prefix of keys", "arn:aws:iam::123456789012:user/bob", "MACRO_AIDA"],
};

// deps: node-core
// msal-node with a certificate named by SHA-1 and by SHA-256, and with the chain sent.
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
const { CERT, CLIENT, NAME, TENANT, URL_, KNOWN, XDR, check, load, run, wantToken } = await import(process.env.RIG_LIB + "/cn.mjs");

await run(async () => {
  if (!CERT) return `skip ${NAME}: no CLIENT_CERT_PEM`;
  const { ConfidentialClientApplication } = await load("@azure/msal-node");
  const pem = readFileSync(CERT, "utf8"), privateKey = pem.slice(pem.indexOf("-----BEGIN PRIVATE"), pem.indexOf("-----BEGIN CERT"));
  const x5c = pem.slice(pem.indexOf("-----BEGIN CERT")), raw = new X509Certificate(x5c).raw;
  const name = (hash) => createHash(hash).update(raw).digest("hex");
  const host = new URL(URL_).host;
  for (const [how, clientCertificate] of [
    ["SHA-1", { thumbprint: name("sha1"), privateKey }],
    ["SHA-256", { thumbprintSha256: name("sha256"), privateKey }],
    ["SHA-256 with the chain", { thumbprintSha256: name("sha256"), privateKey, x5c }],
  ]) {
    for (const auth of [{ authority: `${URL_}/${TENANT}`, knownAuthorities: [host] }, { authority: `${KNOWN}/${TENANT}` }]) {
      const app = new ConfidentialClientApplication({ auth: { clientId: CLIENT, clientCertificate, ...auth } });
      const answer = await app.acquireTokenByClientCredential({ scopes: [XDR + "/.default"] });
      const claims = wantToken(answer.accessToken, XDR);
      check(claims.appidacr === "2", `${how}: appidacr ${claims.appidacr}`);
    }
  }
});

// deps: node-core
// @azure/identity: ClientCertificateCredential, and WorkloadIdentityCredential with a token file.
const { CERT, CLIENT, NAME, TENANT, URL_, KNOWN, MDE, XDR, load, run, wantToken } = await import(process.env.RIG_LIB + "/cn.mjs");

await run(async () => {
  if (!CERT) return `skip ${NAME}: no CLIENT_CERT_PEM`;
  const { ClientCertificateCredential, WorkloadIdentityCredential } = await load("@azure/identity");
  const own = { authorityHost: URL_, disableInstanceDiscovery: true };
  for (const options of [own, { ...own, sendCertificateChain: true }, { authorityHost: KNOWN }]) {
    const credential = new ClientCertificateCredential(TENANT, CLIENT, CERT, options);
    wantToken((await credential.getToken(MDE + "/.default")).token, MDE);
  }
  const tokenFilePath = process.env.FEDERATED_TOKEN_FILE;
  if (tokenFilePath) {
    const credential = new WorkloadIdentityCredential({ tenantId: TENANT, clientId: CLIENT, tokenFilePath, ...own });
    wantToken((await credential.getToken(XDR + "/.default")).token, XDR);
  }
});

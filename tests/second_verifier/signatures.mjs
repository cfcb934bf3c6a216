// Section 6: who signed the manifest.
import { createPublicKey, verify } from "node:crypto";
import { ascending, hasKeys, hexSha, isHex, isText, isWhole, listOf, need, Undone } from "./values.mjs";

const PRIME = 2n ** 255n - 19n;
const field = (value) => ((value % PRIME) + PRIME) % PRIME;
function power(base, exponent) {
  let result = 1n;
  for (base = field(base); exponent; exponent >>= 1n, base = field(base * base)) if (exponent & 1n) result = field(result * base);
  return result;
}
const CURVE = field(-121665n * power(121666n, PRIME - 2n));
export function isGoodKey(hex) { // a canonical point of the curve whose order is not 1, 2, 4 or 8
  const bytes = Buffer.from(hex, "hex").reverse(), sign = BigInt(bytes[0] >> 7);
  bytes[0] &= 127;
  let y = BigInt(`0x${bytes.toString("hex")}`);
  if (y >= PRIME) return false;
  const square = field((y * y - 1n) * power(CURVE * y * y + 1n, PRIME - 2n));
  let x = power(square, (PRIME + 3n) / 8n);
  if (field(x * x) !== square) x = field(x * power(2n, (PRIME - 1n) / 4n));
  if (field(x * x) !== square || (x === 0n && sign)) return false;
  for (let doubling = 0; doubling < 3; doubling++) {
    const product = field(CURVE * x * x * y * y);
    [x, y] = [field(2n * x * y * power(1n + product, PRIME - 2n)), field((y * y + x * x) * power(1n - product, PRIME - 2n))];
  }
  return !(x === 0n && y === 1n);
}
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
export function isSignature(publicKey, message, signature) {
  if (BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString("hex")}`) >= ORDER || !isGoodKey(publicKey)) return false;
  const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(publicKey, "hex")]), format: "der", type: "spki" });
  return verify(null, message, key, signature);
}
function fromBase64(text) {
  const bytes = isText(text) ? Buffer.from(text, "base64") : null;
  return bytes && bytes.toString("base64") === text ? bytes : null;
}
export const isSigner = (signer) => hasKeys(signer, ["fingerprint", "public_key", "role"]) && isHex(signer.fingerprint) && isHex(signer.public_key)
  && isText(signer.role) && hexSha(Buffer.from(signer.public_key, "hex")) === signer.fingerprint;
export const signedBytes = (manifest) => Buffer.concat([Buffer.from(`DSSEv1 45 application/vnd.borgerbudget.manifest.v1+json ${manifest.length} `), manifest]);

export function checkSignatures(bundle) {
  const envelope = bundle.read["manifest.dsse.json"], manifest = bundle.members.get("manifest.json"), signed = bundle.members.has("manifest.dsse.json");
  if (signed) {
    need(hasKeys(envelope, ["payload", "payloadType", "signatures"]), "E405", "keys");
    need(envelope.payloadType === "application/vnd.borgerbudget.manifest.v1+json" && fromBase64(envelope.payload)?.equals(manifest), "E405", "payload");
    need(listOf((one) => hasKeys(one, ["keyid", "sig"]) && isHex(one.keyid) && fromBase64(one.sig)?.length === 64)(envelope.signatures), "E405", "signatures");
    need(envelope.signatures.length && ascending(envelope.signatures.map((one) => one.keyid)), "E405", "signatures");
  }
  const { signers, threshold } = bundle.read["round.json"] ?? {};
  need(listOf(isSigner)(signers) && isWhole(threshold), "E406", "signers");
  const keys = new Map(signers.map((signer) => [signer.fingerprint, signer.public_key]));
  need(keys.size === signers.length && threshold <= keys.size && (threshold >= 1 || keys.size === 0) && threshold >= 0, "E406", "threshold");
  for (const event of bundle.read["events.jsonl"] ?? []) {
    if (event?.type !== "key-replaced") continue;
    need(keys.delete(event.payload?.old) && isSigner(event.payload.new) && !keys.has(event.payload.new.fingerprint), "E406", "key-replaced");
    keys.set(event.payload.new.fingerprint, event.payload.new.public_key);
  }
  if (!signed) {
    need(!bundle.keys.length, "E404", "not signed at all");
    throw new Undone();
  }
  for (const { keyid, sig } of envelope.signatures) {
    need(keys.has(keyid), "E403", keyid);
    need(isSignature(keys.get(keyid), signedBytes(manifest), Buffer.from(sig, "base64")), "E401", keyid);
  }
  const signedBy = new Set(envelope.signatures.map((one) => one.keyid)), enough = signedBy.size >= threshold;
  for (const key of bundle.keys) need(signedBy.has(key), "E404", key);
  need(enough || bundle.keys.length === 0, "E402", "too few");
  if (!enough) throw new Undone();
  bundle.pinned = [...signedBy].filter((key) => bundle.keys.includes(key)).length >= threshold;
}

// Section 1: the container.
import { byBytes, need } from "./values.mjs";

export const NAMES = new Set(["manifest.json", "manifest.dsse.json", "round.json", "proposals.jsonl", "ballots.tsv", "totals.tsv", "events.jsonl", "leaves.txt",
  "rejected.tsv", "openings.tsv", "lot.json", "trace.jsonl", "result.json", "round.pb", "tables/result.csv", "verify.py", "weights.json"]);

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte >>> 0;
});
const crc32 = (bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};
const fields = (...pairs) => Buffer.concat(pairs.map(([width, value]) => {
  const bytes = Buffer.alloc(width);
  bytes.writeUIntLE(value, 0, width);
  return bytes;
}));

export function writeContainer(members) {
  const parts = [], directory = [];
  let offset = 0;
  for (const name of [...members.keys()].sort(byBytes)) {
    const content = members.get(name), spelled = Buffer.from(name, "latin1");
    const shared = fields([2, 20], [2, 0], [2, 0], [2, 0], [2, 33], [4, crc32(content)], [4, content.length], [4, content.length], [2, spelled.length], [2, 0]);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), shared, spelled, content);
    directory.push(Buffer.from("PK\x01\x02", "latin1"), fields([2, 788]), shared, fields([2, 0], [2, 0], [2, 0], [4, 0x81a40000], [4, offset]), spelled);
    offset += 30 + spelled.length + content.length;
  }
  const central = Buffer.concat(directory);
  const end = fields([2, 0], [2, 0], [2, members.size], [2, members.size], [4, central.length], [4, offset], [2, 0]);
  return Buffer.concat([...parts, central, Buffer.from("PK\x05\x06", "latin1"), end]);
}

export function readContainer(bytes) {
  need(bytes.length <= 2 ** 30, "E105", "larger than 1 GiB");
  const members = new Map();
  let at = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    need(bytes.readUInt16LE(at + 6) === 0 && bytes.readUInt16LE(at + 8) === 0, "E103", "compressed or flags set");
    const start = at + 30 + bytes.readUInt16LE(at + 26), end = start + bytes.readUInt32LE(at + 22);
    need(end <= bytes.length, "E105", "cut off");
    const name = bytes.toString("latin1", at + 30, start);
    need(NAMES.has(name), "E101", name);
    need(!members.has(name), "E102", name);
    members.set(name, bytes.subarray(start, end));
    at = end;
  }
  need(writeContainer(members).equals(bytes), "E105", "other bytes than those its members give");
  return members;
}

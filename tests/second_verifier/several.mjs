// What the second verifier says of every bundle of a folder: a line for each, its name and the verdict of verify.mjs.
//
//     node several.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyBundle } from "./verify.mjs";

const folder = process.argv[2];
for (const name of readdirSync(folder).filter((file) => file.endsWith(".bba")).sort()) console.log(JSON.stringify({ name, ...verifyBundle(readFileSync(join(folder, name))) }));

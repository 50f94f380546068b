// Prints the public test vectors of the age format as JSON: each by its name, in base64.
import * as vectors from "cctv-age";

const names = Object.keys(vectors).sort();
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, Buffer.from(vectors[name]).toString("base64")]))));

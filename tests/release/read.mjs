// Reads the files of a release with the parsers of N3.js and rdf.js, and counts what is in each.
// Paths come as JSON on standard input; counts go as JSON to standard output.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dirname, resolve } from "node:path";

const require = createRequire(process.argv[2]);
const { Parser } = require("n3");
const { JsonLdParser } = require("jsonld-streaming-parser");

process.on("warning", (warning) => { throw warning; });

const text = (path) => {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};

const jsonld = (path) => new Promise((done, failed) => {
  const seen = new Set();
  const parser = new JsonLdParser({
    baseIRI: "https://example.org/",
    strictValues: true,
    documentLoader: { load: async () => { throw new Error("nothing may be fetched"); } },
  });
  parser.on("data", (quad) => seen.add(JSON.stringify([quad.subject, quad.predicate, quad.object])));
  parser.on("error", failed);
  parser.on("end", () => done(seen.size));
  const document = JSON.parse(text(path));
  const context = resolve(dirname(path), document["@context"]);
  document["@context"] = JSON.parse(text(context))["@context"];
  parser.end(JSON.stringify(document));
});

const counts = {};
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  if (path.endsWith(".jsonld")) counts[path] = await jsonld(path);
  else {
    const format = path.endsWith(".ttl") ? "text/turtle" : "application/n-quads";
    counts[path] = new Parser({ format, baseIRI: "https://example.org/" }).parse(text(path)).length;
  }
}
console.log(JSON.stringify(counts));

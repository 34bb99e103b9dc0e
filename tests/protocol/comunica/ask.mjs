// Ask a SPARQL endpoint with Comunica, and write its answers to standard output as one JSON object.
//
//   node ask.mjs ENDPOINT < queries.json
//
// The input is {"name": "SELECT …", …}; the output {"name": "…", …} with the answers as texts:
// SPARQL results in JSON of SELECT and ASK, N-Triples of CONSTRUCT and DESCRIBE. Comunica is told
// nothing of the endpoint but its address: what it is, and how to ask it, it finds out for itself.

import { QueryEngine } from "@comunica/query-sparql";
import { text } from "node:stream/consumers";

const [endpoint] = process.argv.slice(2);
const queries = JSON.parse(await text(process.stdin));
const engine = new QueryEngine();
const answers = {};

for (const [name, query] of Object.entries(queries)) {
  const result = await engine.query(query, { sources: [endpoint] });
  const form = result.resultType === "quads" ? "application/n-triples" : "application/sparql-results+json";
  answers[name] = await text((await engine.resultToString(result, form)).data);
}
process.stdout.write(JSON.stringify(answers));

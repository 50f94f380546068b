// Reads a host's three files with the host's own parsers and prints what they understood, and every complaint, as JSON.
// Usage: netlify.mjs REPOSITORY HEADERS REDIRECTS, where netlify.toml lies in REPOSITORY.
import { join, resolve } from "node:path";
import { resolveConfig } from "@netlify/config";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const [repository, headersFile, redirectsFile] = process.argv.slice(2).map((path) => resolve(path));
const netlifyConfigPath = join(repository, "netlify.toml");
const problems = [];
const note = (found) => problems.push(...found.map((problem) => problem.message));

const { headers, errors: headerErrors } = await parseAllHeaders({ headersFiles: [headersFile], netlifyConfigPath, minimal: true });
const { redirects, errors: redirectErrors } = await parseAllRedirects({ redirectsFiles: [redirectsFile], netlifyConfigPath, minimal: true });
note(headerErrors);
note(redirectErrors);

let build = {};
try {
  const { config } = await resolveConfig({ cwd: repository, repositoryRoot: repository, offline: true, mode: "cli", context: "production", featureFlags: {} });
  build = { publish: config.build.publish, command: config.build.command, environment: config.build.environment };
} catch (error) {
  problems.push(error.message);
}

console.log(JSON.stringify({ headers, redirects, build, problems }, null, 1));

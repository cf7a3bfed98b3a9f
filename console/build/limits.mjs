// Writes the longest texts that the API takes, out of its specification, so that no form
// copies them by hand: node build/limits.mjs openapi.yaml src/api/limits.gen.ts
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import openapiTS from 'openapi-typescript'

const [specification, target] = process.argv.slice(2)
const found = /^#\/components\/schemas\/([^/]+)\/([^/]+)$/
const limits = {}

await openapiTS(pathToFileURL(specification), {
  transform(schema, { path }) {
    const [, name, field] = found.exec(path ?? '') ?? []
    if (field && schema.maxLength) limits[name] = { ...limits[name], [field]: schema.maxLength }
  },
})

const lines = Object.entries(limits).map(
  ([name, fields]) =>
    `  ${name}: {\n${Object.entries(fields)
      .map(([field, most]) => `    ${field}: ${most},\n`)
      .join('')}  },\n`,
)
await writeFile(
  target,
  `/** The most characters that the API takes, by schema and field. Written by build/limits.mjs. */\nexport const limits = {\n${lines.join('')}} as const\n`,
)

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { experimentSchema, publishedSchema } from '../src/main/host/experiment/schema.ts'
import { withReference } from './experiment-reference.ts'

/** Writes what follows from the schema of experiment files: the JSON schema that editors read, and the reference of all keys. Run after a change to src/shared. */
const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const [schema, page] = [inRepository('resources/experiment.schema.json'), inRepository('docs/experiment-file.md')]

writeFileSync(schema, publishedSchema())
writeFileSync(page, withReference(readFileSync(page, 'utf8'), experimentSchema))
console.log(`wrote ${schema}\nwrote ${page}`)

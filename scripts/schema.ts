import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publishedSchema } from '../src/main/host/experiment/schema.ts'

/** Writes the JSON schema of experiment files to resources/, where editors find it. Run after a change to src/shared. */
const target = fileURLToPath(new URL('../resources/experiment.schema.json', import.meta.url))
writeFileSync(target, publishedSchema())
console.log(`wrote ${target}`)

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { experimentSchema, publishedSchema } from '../src/main/host/experiments/file/schema.ts'
import { withReference } from './experiment-reference.ts'
import { settingPathsModule } from './setting-paths.ts'

/** Writes what follows from the schema of experiment files: the JSON schema that editors read, the reference of all keys, and the list of settings. Run after a change to src/shared. */
const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const [schema, page, paths] = [
  inRepository('resources/experiment.schema.json'),
  inRepository('docs/experiment-file.md'),
  inRepository('src/shared/experiment/setting-paths.ts'),
]

writeFileSync(schema, publishedSchema())
writeFileSync(page, withReference(readFileSync(page, 'utf8'), experimentSchema))
writeFileSync(paths, settingPathsModule(experimentSchema))
console.log(`wrote ${schema}\nwrote ${page}\nwrote ${paths}`)

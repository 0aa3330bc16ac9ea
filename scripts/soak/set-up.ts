import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What results follow from. */
const folders = ['src', 'scripts/soak']

/** Names the code and the machine: results of two soaks have to be the same where this is. */
export function setUpOf(): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const names = readdirSync(join(root, folder), { recursive: true }) as string[]
    for (const name of names.filter((each) => each.endsWith('.ts')).toSorted()) {
      hash.update(name).update(readFileSync(join(root, folder, name)))
    }
  }
  hash.update(readFileSync(join(root, 'package-lock.json')))
  const machine = `${process.version} ${cpus()[0]?.model} × ${availableParallelism()}`
  return `${machine}, code ${hash.digest('hex').slice(0, 12)}`
}

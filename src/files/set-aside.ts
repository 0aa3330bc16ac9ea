import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestSuffix } from './checkpoint-manifest.ts'
import { flushFolder } from './durable-file.ts'
import { nullIfMissing } from './missing.ts'

/** Suffix of files that are kept but no longer used. */
export const asideSuffix = '.damaged'

/** Renames a damaged or misplaced file and its manifest, so that it can be inspected or restored. */
export async function setAside(folder: string, name: string): Promise<void> {
  for (const each of [name, name + manifestSuffix]) {
    const aside = join(folder, each + asideSuffix)
    await rm(aside, { recursive: true, force: true })
    await rename(join(folder, each), aside).catch(nullIfMissing)
  }
  await flushFolder(folder)
}

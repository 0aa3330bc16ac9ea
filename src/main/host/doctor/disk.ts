import { freeBytes, sizeOf } from '../disk/disk-use.ts'
import { type Check, ok, problem, warning } from './check.ts'

const gigabyte = 1e9
/** A few checkpoints of a larger network. */
const scarceBytes = 2 * gigabyte
/** Not even the store can be written for long. */
const fullBytes = 0.1 * gigabyte

export const disk: Check = {
  name: 'disk',
  async run({ store: { workspace } }) {
    const free = await freeBytes(workspace.folder)
    const used = await sizeOf(workspace.folder)
    const detail = `${gigabytes(free)} free, ${gigabytes(used)} used by the workspace`
    const remedy = 'Free some space, purge deleted runs, or choose a workspace on another disk.'
    if (free < fullBytes) return [problem(detail, remedy)]
    return [free < scarceBytes ? warning(detail, remedy) : ok(detail)]
  },
}

function gigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(2)} GB`
}

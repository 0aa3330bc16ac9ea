/**
 * Loaded into a trainer before its entry (`--import`): lets the file system fail, or kills the process, at one exact point of what
 * the trainer writes. EXITLAB_TEST_FAULT says which (`Fault` as JSON).
 */
import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { Fault } from './trainer.ts'

const fault = JSON.parse(process.env.EXITLAB_TEST_FAULT!) as Fault
const { open, rename, rm } = files
let passed = 0

function pass(point: Fault['point'], path: unknown): void {
  if (point !== fault.point || !new RegExp(fault.file).test(String(path)) || passed++ < fault.after) return
  if (fault.action === 'kill') process.kill(process.pid, 'SIGKILL')
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

files.open = async (path, ...options) => {
  const file = await open(path, ...options)
  const { write, writeFile } = file
  file.writeFile = async (data, ...rest) => {
    const bytes = data as Uint8Array
    const middle = bytes.length >> 1
    await writeFile.call(file, bytes.subarray(0, middle), ...rest)
    pass('half written', path)
    await writeFile.call(file, bytes.subarray(middle), ...rest)
  }
  file.write = async (...args: unknown[]) => {
    const written = await (write as (...args: unknown[]) => Promise<never>).apply(file, args)
    pass('half written', path)
    return written
  }
  return file
}
files.rename = async (from, to) => {
  pass('before rename', to)
  await rename(from, to)
  pass('after rename', to)
}
files.rm = async (path, options) => {
  pass('before removal', path)
  await rm(path, options)
  pass('after removal', path)
}
syncBuiltinESMExports()

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { hashOf } from '../../../../src/main/extensions/archive.ts'
import { collect } from '../../../../src/main/extensions/collect.ts'
import { announceExtensions } from '../../../../src/main/extensions/launch.ts'
import { refuseMissingExtensions } from '../../../../src/main/host/experiments/required-extensions.ts'
import { experiment } from '../settings.ts'
import { temporaryFolder } from '../support.ts'

afterEach(() => announceExtensions([]))

/** What is said of an experiment with an extension that has changed since it was loaded, or was never loaded, in a host of a command. */
async function refusal({ command, isLoaded }: { command: string; isLoaded: boolean }) {
  const folder = temporaryFolder()
  const file = join(folder, 'methods.ts')
  writeFileSync(file, '// former')
  const former = hashOf(await collect(file))
  announceExtensions(isLoaded ? [{ extension: 'mine', file, sha256: former, archive: '' }] : [])
  const named = experimentFile.parse({ ...experiment().file, extensions: ['methods.ts'] })
  const host = { pid: process.pid, command, trains: true, after: null }
  if (isLoaded) await refuseMissingExtensions(named, folder, host)
  writeFileSync(file, '// now')
  const now = hashOf(await collect(file))
  const { code, message } = (await refuseMissingExtensions(named, folder, host).catch((error: unknown) => error)) as {
    code: string
    message: string
  }
  const said = [folder, String(process.pid), former.slice(0, 12), now.slice(0, 12)].reduce(
    (text, each, index) => text.replaceAll(each, ['FOLDER', 'PID', 'FORMER', 'NOW'][index]!),
    message,
  )
  return { code, said }
}

test.each(['serve', 'window'])('a workbench is to be restarted: %s', async (command) => {
  expect(await refusal({ command, isLoaded: true })).toEqual({
    code: 'conflict',
    said: 'The extension methods.ts has changed (sha256 FORMER… is now NOW…) since process PID, which has the workspace open, loaded it. Restart that process with --extension FOLDER/methods.ts',
  })
  expect((await refusal({ command, isLoaded: false })).said).toBe(
    'The extension methods.ts is not loaded in process PID, which has the workspace open. Restart that process with --extension FOLDER/methods.ts',
  )
})

test('a command is to be started again, as it may be the one that says so', async () => {
  expect((await refusal({ command: 'search', isLoaded: true })).said).toBe(
    'The extension methods.ts has changed (sha256 FORMER… is now NOW…) since “exitlab search” (process PID), which has the workspace open, loaded it. Start “exitlab search” again, which asks about it where that is needed.',
  )
  expect((await refusal({ command: 'more-seeds', isLoaded: false })).said).toBe(
    'The extension methods.ts is not loaded in “exitlab more-seeds” (process PID), which has the workspace open. Start “exitlab more-seeds” again with --extension FOLDER/methods.ts',
  )
})

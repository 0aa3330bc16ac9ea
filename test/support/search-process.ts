/**
 * A host in a process of its own, to be killed: searches an experiment, and says each rung that it has begun.
 * `node search-process.ts WORKSPACE FAKE_TRAINER_FOLDER`
 */
import { setTimeout } from 'node:timers/promises'
import { openHost } from '../../src/main/host/open/index.ts'
import { hostSettings } from '../main/host/settings.ts'
import { searched } from '../main/host/search/searched.ts'

const [workspace, fakeFolder] = process.argv.slice(2) as [string, string]
const { client } = await openHost(hostSettings(workspace, fakeFolder))
const { search } = await client.searches.start(searched())
for (let said: number | null = null; ; await setTimeout(2)) {
  const { rung } = await client.searches.show({ search })
  if (rung !== said) process.stdout.write(`rung ${rung}\n`)
  said = rung
}

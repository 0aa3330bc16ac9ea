/**
 * A host of other code: it shows runs by another key, and says of itself what only it understands where `MUTE` is given.
 * `node altered-host.ts WORKSPACE FAKE_TRAINER_FOLDER [MUTE]`
 */
import { z } from 'zod'
import { contract } from '../../src/contract/index.ts'
import { procedure } from '../../src/contract/procedure.ts'
import { hostSettings } from '../main/host/settings.ts'

Object.assign(contract.runs, { show: procedure.input(z.strictObject({ id: z.string() })).output(z.object({})) })
if (process.argv[4]) Object.assign(contract.system, { info: procedure.output(z.object({ name: z.string() })) })
const { openHost } = await import('../../src/main/host/open/index.ts')
const [workspace, fakeFolder] = process.argv.slice(2) as [string, string]
await openHost(hostSettings(workspace, fakeFolder))
process.stdout.write('open\n')

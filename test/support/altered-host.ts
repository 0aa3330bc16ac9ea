/**
 * A host of other code: it shows runs by another key, and answers of lists have none. `node altered-host.ts WORKSPACE FAKE_TRAINER_FOLDER`
 */
import { z } from 'zod'
import { contract } from '../../src/contract/index.ts'
import { procedure } from '../../src/contract/procedure.ts'
import { hostSettings } from '../host/settings.ts'

Object.assign(contract.runs, { show: procedure.input(z.strictObject({ id: z.string() })).output(z.object({})) })
const { openHost } = await import('../../src/main/host/index.ts')
const [workspace, fakeFolder] = process.argv.slice(2) as [string, string]
await openHost(hostSettings(workspace, fakeFolder))
process.stdout.write('open\n')

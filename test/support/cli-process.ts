/** The command line in a process of its own, with a fake trainer: `node cli-process.ts FAKE_TRAINER_FOLDER [ARGUMENTS…]`. */
import type { Connection, ConnectOptions } from '../../src/main/cli/context.ts'
import { processContext } from '../../src/main/cli/context.ts'
import { runCommandLine } from '../../src/main/cli/program.ts'
import { hostSettings } from '../main/host/settings.ts'

const [fakeFolder, ...args] = process.argv.slice(2) as [string, ...string[]]

async function connect({ workspace }: ConnectOptions): Promise<Connection> {
  // It uses the registries, which extensions are loaded into first.
  const { openHost } = await import('../../src/main/host/open/index.ts')
  const host = await openHost(hostSettings(workspace!, fakeFolder))
  return { client: host.client, workspace: workspace!, [Symbol.asyncDispose]: () => host.close() }
}

const context = { ...processContext(connect), trainer: hostSettings('', fakeFolder).trainer! }
const exitCode = await runCommandLine(args, context, '9.9.9')
if (exitCode !== 0) process.exitCode = exitCode

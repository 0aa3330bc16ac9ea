import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url))

/** `exitlab serve` in a process of its own, as a user has it. */
export interface Serving {
  /** With its token. */
  address: string
  port: number
  /** As a machine that fails would. */
  kill(): Promise<void>
  /** As Ctrl-C. @returns the exit code */
  end(): Promise<number | null>
}

export async function serve(workspace: string, { port = 0 } = {}): Promise<Serving> {
  const args = [launcher, 'exitlab', 'serve', '--workspace', workspace, '--port', String(port), '--no-open']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const address = await addressOf(child)
  const ended = once(child, 'exit') as Promise<[number | null]>
  const signal = async (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, name)
    const [code] = await ended
    return code
  }
  return {
    address,
    port: Number(new URL(address).port),
    kill: async () => void (await signal('SIGKILL')),
    end: () => signal('SIGINT'),
  }
}

/** The first address that it prints. */
export async function addressOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += chunk as string
    const found = /http:\/\/\S+#token=\S+/.exec(printed)
    if (found) return found[0]
  }
  throw new Error(`exitlab serve ended without an address:\n${printed}`)
}

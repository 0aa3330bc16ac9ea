import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { userName } from '../../../files/this-user.ts'
import type { WebServer } from '../../host/api/web/server.ts'
import { hasDisplay, openBrowser } from '../browser.ts'
import { whoTrains } from '../../../shared/basics/host-words.ts'
import { commandLine } from '../entry.ts'
import { print, type Context, type Signal } from '../context.ts'
import { exitCodeOfSignal } from '../../../shared/basics/exit-codes.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import { withDevice, withExamples, withParallel, withWorkspace, type WorkspaceOption } from '../options.ts'

interface ServeOptions extends WorkspaceOption {
  host: string
  port?: number
  public?: boolean
  open?: boolean
  parallel?: Parallel
  device?: string
}

export function addServe(program: Command, context: Context): void {
  const command = program
    .command('serve')
    .description('serve the workbench to a browser, here or over ssh -L, and train queued runs')
    .option('--port <N>', 'port to listen on; 0: any (default: 7140, else the next free port)', portNumber)
    .option('--host <NAME>', 'host name or address to listen on', '127.0.0.1')
    .option('--public', 'allow unencrypted connections from other machines; required if --host is not loopback')
    .option('--open', 'open the address in a browser (default: if there is a display)')
    .option('--no-open', 'only print the address')
    .action((options: ServeOptions) => serve(context, options))
  const as = 'as set in the workbench'
  withExamples(withWorkspace(withDevice(withParallel(command, as), as)), [
    ['exitlab serve', 'the workbench at http://127.0.0.1:7140'],
    ['exitlab serve --device cuda --no-open', 'on a remote machine with a GPU'],
  ])
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a whole number from 0 to 65535.')
  return port
}

async function serve(context: Context, options: ServeOptions): Promise<void> {
  const [{ defaultWorkspace }, { openWorkbench }, { openWeb }, { builtPage }] = await Promise.all([
    import('../../../files/user-folders.ts'),
    import('../../host/open/workbench.ts'),
    import('../../host/api/web/server.ts'),
    import('../../host/api/web/site.ts'),
  ])
  const workspace = resolve(context.workingFolder, options.workspace ?? defaultWorkspace(context.environment))
  const opened = Promise.withResolvers<WebServer>()
  const ended = untilSignal(context)
  let isAttached = false
  const workbench = await openWorkbench({
    workspace,
    command: 'serve',
    parallel: options.parallel,
    device: options.device,
    commandLine,
    ways: [
      async (served) => {
        const { host, port = null, public: isPublic = false } = options
        const web = await openWeb(served, { host, port, public: isPublic, page: builtPage })
        opened.resolve(web)
        return web
      },
    ],
    onHost(seen) {
      isAttached = seen.attached !== null
      const sentence = whoTrains(seen)
      if (sentence !== null) print(context.stderr, sentence)
    },
    warn: (message) => print(context.stderr, message),
  })
  const web = await opened.promise
  print(context.stdout, announcement(web, workspace, options))
  if (options.open ?? hasDisplay(context)) await show(context, web)
  try {
    await Promise.race([ended, workbench.lost])
    if (!isAttached) print(context.stderr, 'Ending after writing checkpoints. Press Ctrl-C again to end at once.')
  } finally {
    await workbench.close()
  }
  print(
    context.stderr,
    isAttached ? 'Ended. The training goes on.' : 'Ended. Unfinished runs resume at the next start.',
  )
}

/** The first signal is waited for; the second ends the process at once, which loses at most the work since a checkpoint. */
function untilSignal(context: Context): Promise<Signal> {
  const first = Promise.withResolvers<Signal>()
  let received = false
  context.onSignal((signal) => {
    // A terminal that closes says so more than once: itself, and through what started this process.
    if (received && signal === 'SIGHUP') return
    if (received) return context.abort(exitCodeOfSignal[signal])
    received = true
    first.resolve(signal)
  })
  return first.promise
}

async function show({ stderr }: Context, web: WebServer): Promise<void> {
  const problem = await openBrowser(web.ticketAddress())
  if (problem !== null) print(stderr, `No browser could be opened (${problem}). Open the address in a browser.`)
}

function announcement({ address, port }: WebServer, workspace: string, options: ServeOptions): string[] {
  const lines = [`Exitlab serves ${workspace} at`, '', `  ${address}`, '']
  if (options.public) return [...lines, 'Other machines can reach it; the connection is not encrypted.', ending]
  const name = userName()
  const tunnel = `ssh -L ${port}:${new URL(address).host} ${name === null ? '' : `${name}@`}${hostname()}`
  return [...lines, 'To use the same address on another machine, run there:', '', `  ${tunnel}`, '', ending]
}

const ending = 'Ctrl-C ends; it pauses what is trained here.'

import { hostname, userInfo } from 'node:os'
import { resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { WebServer } from '../../host/web/server.ts'
import { print, type Context, type Signal } from '../context.ts'
import { exitCodeOfSignal } from '../exit-codes.ts'
import { positiveInteger, withExamples, withWorkspace, type WorkspaceOption } from '../options.ts'
import { once } from 'node:events'

interface ServeOptions extends WorkspaceOption {
  host: string
  port?: number
  public?: boolean
  open?: boolean
  parallel?: number
  gpu?: boolean
}

export function addServe(program: Command, context: Context): void {
  const command = program
    .command('serve')
    .description('train what is queued and show the workbench in a browser, on this machine or over ssh -L')
    .option('--port <N>', 'port to listen at; 0: any (default: 7140, else the next that is free)', portNumber)
    .option('--host <NAME>', 'name or address of this machine to listen at', '127.0.0.1')
    .option('--public', 'let other machines reach it, unencrypted; needed where --host is not loopback')
    .option('--open', 'open the address in a browser (default: where there is a display)')
    .option('--no-open', 'only print the address')
    .option('--parallel <N>', 'runs trained at once (default: as set in the workbench)', positiveInteger)
    .option('--gpu', 'train on the GPU (default: as set in the workbench)')
    .action((options: ServeOptions) => serve(context, options))
  withExamples(withWorkspace(command), [
    ['exitlab serve', 'the workbench at http://127.0.0.1:7140'],
    ['exitlab serve --gpu --no-open', 'on a machine with a GPU that is reached by ssh'],
  ])
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a whole number from 0 to 65535.')
  return port
}

async function serve(context: Context, options: ServeOptions): Promise<void> {
  const [{ defaultWorkspace }, { openHost }, { openWeb }, { builtPage }] = await Promise.all([
    import('../../host/paths.ts'),
    import('../../host/index.ts'),
    import('../../host/web/server.ts'),
    import('../../host/web/site.ts'),
  ])
  const workspace = resolve(context.workingFolder, options.workspace ?? defaultWorkspace(context.environment))
  const opened = Promise.withResolvers<WebServer>()
  const ended = untilSignal(context)
  const host = await openHost({
    workspace,
    parallel: options.parallel,
    gpu: options.gpu,
    entrances: [
      async (services) => {
        const { host, port = null, public: isPublic = false } = options
        const web = await openWeb(services, { host, port, public: isPublic, page: builtPage })
        opened.resolve(web)
        return web
      },
    ],
  })
  const web = await opened.promise
  print(context.stdout, announcement(web, workspace, options))
  if (options.open ?? hasDisplay(context)) await show(context, web)
  await ended
  print(context.stderr, 'Ending: what is training writes a checkpoint. Again to end at once.')
  await host.close()
  print(context.stderr, 'Ended. What is not done yet goes on when the workspace is served again.')
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
  if (problem !== null) print(stderr, `No browser could be opened (${problem}); open the address yourself.`)
}

function announcement({ address, port }: WebServer, workspace: string, options: ServeOptions): string[] {
  const lines = [`Exitlab serves ${workspace} at`, '', `  ${address}`, '']
  if (options.public) return [...lines, 'Other machines can reach it; the connection is not encrypted.', ending]
  const tunnel = `ssh -L ${port}:${new URL(address).host} ${userInfo().username}@${hostname()}`
  return [
    ...lines,
    'From another machine, with this in a terminal there, the address is the same:',
    '',
    `  ${tunnel}`,
    '',
    ending,
  ]
}

const ending = 'Ctrl-C pauses what is training and ends.'

/** Whether there is somebody who sees a window that opens: not over ssh, not from a script. */
export function hasDisplay({ stdout, environment }: Context, platform = process.platform): boolean {
  if (!stdout.isTerminal || environment['SSH_CONNECTION'] !== undefined) return false
  if (platform === 'darwin' || platform === 'win32') return true
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some((name) => environment[name])
}

/** Opens an address in the user's browser. @returns why not; null where that has gone well so far. */
async function openBrowser(address: string): Promise<string | null> {
  try {
    const { default: open } = await import('open')
    const child = await open(address)
    child.on('error', () => {})
    if (child.pid === undefined) throw (await once(child, 'error'))[0]
    return null
  } catch (error) {
    return (error as Error).message
  }
}

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { ExitlabError } from '../../shared/basics/error.ts'

/** Launch settings of the host. */
export interface HostLaunch {
  /** Program of a real Node: the host's native modules do not run in Electron. */
  node: string
  /** Script of the host. */
  entry: string
  /** Entry of the command line, which jobs on a cluster call. */
  commandLine: string
  /** Folder of the files that it uses from `scripts/`, such as set-up. */
  scripts: string
  /** Command-line arguments. */
  arguments: string[]
}

export interface HostSearch {
  /** Resources folder of a packaged application; null in a checkout. */
  resources: string | null
  /** Folder of the application's package.json. */
  application: string
  environment: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
}

/** Strips types, and has the Node-API that the store's binary needs. */
const minimumNode = [22, 18] as const

/** Location of Node and the host: in the packaged application; in a checkout its sources, run by the current Node. */
export async function findHost(places: HostSearch): Promise<Omit<HostLaunch, 'arguments'>> {
  const { resources, application, platform } = places
  if (resources !== null) {
    const node = join(resources, 'node', platform === 'win32' ? 'node.exe' : 'bin/node')
    return { node, ...builtIn(join(resources, 'workbench')) }
  }
  return { node: await findNode(places), ...(existsSync(join(application, 'src')) ? sourceIn : builtIn)(application) }
}

const builtIn = (folder: string) => filesOf(folder, join(folder, 'out', 'main'), 'js')
const sourceIn = (folder: string) => filesOf(folder, join(folder, 'src', 'main'), 'ts')

function filesOf(folder: string, main: string, extension: 'js' | 'ts') {
  return {
    entry: join(main, 'host', 'open', `desktop.${extension}`),
    commandLine: join(main, 'cli', `index.${extension}`),
    scripts: join(folder, 'scripts'),
  }
}

async function findNode({ environment, platform }: HostSearch): Promise<string> {
  const program = platform === 'win32' ? 'node.exe' : 'node'
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean)
  const found = folders.map((folder) => join(folder, program)).filter((file) => existsSync(file))
  const candidates = environment.EXITLAB_NODE === undefined ? found : [environment.EXITLAB_NODE, ...found]
  const versions: string[] = []
  for (const candidate of new Set(candidates)) {
    const version = await versionOf(candidate)
    if (isNewEnough(version)) return candidate
    versions.push(`${candidate} (${version})`)
  }
  throw new ExitlabError(
    'engine',
    `The workbench's host needs Node ${minimumNode.join('.')} or newer; found ${versions.join(', ') || 'none on PATH'}. ` +
      `Start the application with npm start, or set EXITLAB_NODE to the program of a newer Node.`,
  )
}

async function versionOf(node: string): Promise<string> {
  try {
    return (await promisify(execFile)(node, ['--version'], { windowsHide: true })).stdout.trim()
  } catch (error) {
    return (error as Error).message
  }
}

/** @param version as Node prints its own, such as v24.3.0 */
export function isNewEnough(version: string): boolean {
  const [, major, minor] = /^v(\d+)\.(\d+)\.\d+/.exec(version) ?? []
  if (major === undefined) return false
  return Number(major) > minimumNode[0] || (Number(major) === minimumNode[0] && Number(minor) >= minimumNode[1])
}

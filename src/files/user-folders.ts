import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ErrorCode } from '../shared/basics/error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Default folders. Set-up installs TensorFlow and Fashion-MNIST in the same folders. */
interface UserFolders {
  /** Kept work: the default workspace. */
  data: string
  /** Files that can be downloaded again: TensorFlow, data sets; shared by all checkouts. */
  cache: string
  /** The user's own settings of this machine. */
  config: string
}

export function userFolders(environment: Environment = process.env, platform = process.platform): UserFolders {
  const home = () => homeFolder(environment)
  if (platform === 'darwin') {
    const data = join(home(), 'Library/Application Support/exitlab')
    return { data, cache: join(home(), 'Library/Caches/exitlab'), config: join(data, 'config') }
  }
  if (platform === 'win32') {
    const local = environment.LOCALAPPDATA || join(home(), 'AppData', 'Local')
    const at = (name: string) => join(local, 'exitlab', name)
    return { data: at('data'), cache: at('cache'), config: at('config') }
  }
  return {
    data: join(environment.XDG_DATA_HOME || join(home(), '.local', 'share'), 'exitlab'),
    cache: join(environment.XDG_CACHE_HOME || join(home(), '.cache'), 'exitlab'),
    config: join(environment.XDG_CONFIG_HOME || join(home(), '.config'), 'exitlab'),
  }
}

function homeFolder(environment: Environment): string {
  if (environment.HOME) return environment.HOME
  try {
    return homedir()
  } catch (error) {
    throw new NoHomeFolder({ cause: error })
  }
}

/** What an `ExitlabError` says behind RPC: set-up loads this file by itself. */
class NoHomeFolder extends Error {
  override readonly name = 'NoHomeFolder'
  readonly data: { code: ErrorCode } = { code: 'usage' }

  constructor(options: ErrorOptions) {
    const remedy = 'Set HOME, or XDG_DATA_HOME, XDG_CACHE_HOME and XDG_CONFIG_HOME.'
    super(`HOME is not set, and the system knows no home folder of this user. ${remedy}`, options)
  }
}

/** The workspace: `--workspace`, else EXITLAB_WORKSPACE, else the platform's data folder. */
export function defaultWorkspace(environment: Environment = process.env): string {
  return environment.EXITLAB_WORKSPACE || join(userFolders(environment).data, 'workspace')
}

/** The folder of TensorFlow's two libraries; the GPU build has one of its own. */
export function tensorflowFolder(environment: Environment = process.env, { gpu = false } = {}): string {
  const name = gpu ? 'tensorflow-gpu' : 'tensorflow'
  return environment.EXITLAB_TENSORFLOW || join(userFolders(environment).cache, name)
}

/** Folder of a data set if an experiment gives no path. */
export function defaultDataFolder(source: string, environment: Environment = process.env): string {
  return join(environment.EXITLAB_DATASETS || join(userFolders(environment).cache, 'datasets'), source)
}

/** Where trainers keep descriptions of data sets of many files. */
export function descriptionFolder(environment: Environment = process.env): string {
  return join(userFolders(environment).cache, 'descriptions')
}

/** Where set-up puts a model that was trained elsewhere: its weights and its tokenizer. */
export function modelFolder(name: string, environment: Environment = process.env): string {
  return join(userFolders(environment).cache, 'models', name)
}

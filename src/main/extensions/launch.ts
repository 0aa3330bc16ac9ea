import type { MethodOrigin } from '../../shared/methods/method-origin.ts'

/** An extension whose methods this process has. */
export interface LoadedExtension extends MethodOrigin {
  /** Absolute path of its archive, which holds all its files. */
  archive: string
}

/** Tells trainers and threads which extensions this process has. */
const variable = 'EXITLAB_EXTENSIONS'

/** The extensions of this process, in the order in which they were loaded. */
export const loadedExtensions = (): LoadedExtension[] => JSON.parse(process.env[variable] ?? '[]') as LoadedExtension[]

export const isLoaded = (sha256: string): boolean => loadedExtensions().some((each) => each.sha256 === sha256)

/** Says which extensions this process has, whatever it was told by the process that started it. */
export function announceExtensions(all: readonly LoadedExtension[]): void {
  if (all.length === 0) delete process.env[variable]
  else process.env[variable] = JSON.stringify(all)
}

const preload = new URL('./preload.ts', import.meta.url).href

/** Arguments for Node of a process that is to have the extensions of this one before anything else is loaded. */
export const preloadArguments = (): string[] => (loadedExtensions().length === 0 ? [] : ['--import', preload])

/** The same for a thread, which else has the arguments of its process. */
export const threadArguments = (): string[] =>
  process.execArgv.includes(preload) ? process.execArgv : [...process.execArgv, ...preloadArguments()]

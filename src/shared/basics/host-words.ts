/** Whose host it is, and of which process. */
export interface NamedHost {
  pid: number
  /** Command of Exitlab that it runs for, such as `run`; `window`: the desktop application. */
  command: string
}

export interface HostAsSeen extends NamedHost {
  trains: boolean
  after: (NamedHost & { died: boolean }) | null
}

/** Whether a host stays open for whoever comes, and is not of a command that ends with its own work. */
export const isWorkbench = ({ command }: NamedHost): boolean => command === 'serve' || command === 'window'

/** `Process 4711 (exitlab run)` */
const hostInWords = ({ pid, command }: NamedHost): string =>
  `Process ${pid} (${command === 'window' ? 'the Exitlab window' : `exitlab ${command}`})`

/** Who has the workspace open that a workbench shows; null where it opened it by itself. */
export function whoTrains({ host, attached }: { host: HostAsSeen | null; attached: number | null }): string | null {
  if (host === null) return null
  if (attached !== null)
    return `${hostInWords(host)} ${host.trains ? 'trains' : 'has this workspace open and trains nothing'}. When it ends, this workbench trains.`
  if (host.after === null) return null
  const { died } = host.after
  return died
    ? `${hostInWords(host.after)} was killed or failed. This workbench trains now, from the last checkpoints.`
    : `${hostInWords(host.after)} has ended; what it paused waits for Resume. This workbench trains now.`
}

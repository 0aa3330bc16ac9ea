/** Messages between the two ends of a message port of the API. */
export type PortData = string | Uint8Array

/** Messages of the desktop shell to its host, a child process. `port`: number of a connection of the page. */
export type ShellMessage =
  | { type: 'open'; port: number }
  | { type: 'data'; port: number; data: PortData }
  | { type: 'close'; port: number }
  /** Requests the number of running runs. */
  | { type: 'count-running' }
  /** Pause trainings, close the workspace, end. */
  | { type: 'end' }

/** Messages of the host to the shell. */
export type HostMessage =
  | { type: 'ready' }
  /** It cannot do its work, and would not if it were started again. It ends then. */
  | { type: 'refused'; message: string }
  | { type: 'data'; port: number; data: PortData }
  | { type: 'close'; port: number }
  | { type: 'running'; runs: number }

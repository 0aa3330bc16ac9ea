/** What one end of a message port of the API posts to the other. */
export type PortData = string | Uint8Array

/** What the desktop shell tells its host, which is its child. `port`: a number of its own for each connection of the page. */
export type ShellMessage =
  | { type: 'open'; port: number }
  | { type: 'data'; port: number; data: PortData }
  | { type: 'close'; port: number }
  /** How many runs are being trained? */
  | { type: 'count-running' }
  /** Pause what is training, leave the workspace, end. */
  | { type: 'end' }

/** What the host tells the shell. */
export type HostMessage =
  | { type: 'ready' }
  /** It cannot do its work, and would not if it were started again. It ends then. */
  | { type: 'refused'; message: string }
  | { type: 'data'; port: number; data: PortData }
  | { type: 'close'; port: number }
  | { type: 'running'; runs: number }

interface Quitting {
  /** @returns how many runs are being trained; null where the host does not say */
  countRunning(): Promise<number | null>
  /** @returns whether the user confirms */
  confirm(running: number): Promise<boolean>
  /** Pauses trainings and ends the host. */
  endHost(): Promise<void>
  /** Called once everything may go. */
  leave(): void
  /** Called when the user has decided, before the host takes its time to end. */
  leaving(): void
}

export interface QuitFlow {
  /** Whether windows may close and the application end. */
  readonly mayLeave: boolean
  readonly isLeaving: boolean
  /** Asks where something is being trained, pauses it, and leaves. Asking again meanwhile changes nothing. */
  request(): Promise<void>
  /** Quits without a question: the session ends, or a signal was received. */
  insist(): Promise<void>
}

/** End of the application: running trainings are paused with a checkpoint, after a confirmation. */
export function quitFlow({ countRunning, confirm, endHost, leave, leaving }: Quitting): QuitFlow {
  let step: 'staying' | 'asking' | 'leaving' | 'left' = 'staying'

  async function insist(): Promise<void> {
    if (step === 'leaving' || step === 'left') return
    step = 'leaving'
    leaving()
    await endHost()
    step = 'left'
    leave()
  }

  return {
    get mayLeave() {
      return step === 'left'
    },
    get isLeaving() {
      return step === 'leaving' || step === 'left'
    },
    async request() {
      if (step !== 'staying') return
      step = 'asking'
      const running = await countRunning()
      const stay = running !== null && running > 0 && !(await confirm(running))
      // A signal may have come while the question was open.
      if (step !== 'asking') return
      step = 'staying'
      if (!stay) await insist()
    },
    insist,
  }
}

/** Text of the question. */
export function quitQuestion(running: number): { message: string; detail: string; buttons: [string, string] } {
  const runs = running === 1 ? 'One run is' : `${running} runs are`
  return {
    message: `${runs} being trained. Pause and quit?`,
    detail: 'Training writes a checkpoint and resumes from it when Exitlab is opened again.',
    buttons: ['Pause and Quit', 'Cancel'],
  }
}

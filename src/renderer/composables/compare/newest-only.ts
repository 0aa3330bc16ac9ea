export interface NewestOnly<Input, Answer> {
  ask(input: Input): Promise<Answer>
  /** Takes an answer, the question it belongs to, and the milliseconds it took. */
  answered(answer: Answer, input: Input, roundTripMs: number): void
  failed(error: unknown, input: Input): void
  /** Calls back when the next picture is drawn. */
  nextFrame(callback: () => void): void
  nowMs(): number
}

/**
 * Asks at most one question a frame and one at a time: of what is requested meanwhile only the newest is asked next, so
 * that a slider can be dragged as fast as one likes and answers never come out of order.
 */
export function newestOnly<Input, Answer>(work: NewestOnly<Input, Answer>): (input: Input) => void {
  let waiting: { input: Input } | null = null
  let busy = false

  async function next(): Promise<void> {
    if (waiting === null) return void (busy = false)
    const { input } = waiting
    waiting = null
    const start = work.nowMs()
    try {
      const answer = await work.ask(input)
      work.answered(answer, input, work.nowMs() - start)
    } catch (error) {
      work.failed(error, input)
    }
    work.nextFrame(next)
  }

  return (input) => {
    waiting = { input }
    if (busy) return
    busy = true
    work.nextFrame(next)
  }
}

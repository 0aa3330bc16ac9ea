import { os } from './contract.ts'

/** The tables and figures of the paper. What makes them is loaded where it is needed: looking at runs starts the sooner. */
export const paper = {
  status: os.paper.status.handler(async ({ input, context }) => {
    const { paperStatus } = await import('../paper/status.ts')
    return paperStatus(context, input)
  }),

  start: os.paper.start.handler(async ({ input, context }) => {
    const { startPaper } = await import('../paper/start.ts')
    return startPaper(context, input)
  }),
}

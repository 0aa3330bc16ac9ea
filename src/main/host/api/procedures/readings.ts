import { readings as registry } from '../../../../readings/index.ts'
import { answerTo } from '../../comparison/readings/answer-reading.ts'
import { os } from '../contract.ts'

export const readings = {
  kinds: os.readings.kinds.handler(() =>
    registry
      .entries()
      .map(([name, { info, hasTable, hasFigure }]) => ({ name, placed: false, ...info, hasTable, hasFigure })),
  ),

  ask: os.readings.ask.handler(({ input, context }) => answerTo(context, input)),
}

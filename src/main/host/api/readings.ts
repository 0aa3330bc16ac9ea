import { answerTo } from '../evaluation/readings.ts'
import { os } from './contract.ts'

export const readings = {
  ask: os.readings.ask.handler(({ input, context }) => answerTo(context, input)),
}

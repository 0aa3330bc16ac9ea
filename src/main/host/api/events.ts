import type { HostEvent } from '../../../shared/events.ts'
import { definedError, os } from './contract.ts'

export const events = {
  follow: os.events.follow.handler(async function* ({ input, context, signal }): AsyncGenerator<HostEvent, void> {
    try {
      yield* context.events.follow(input.after, signal)
    } catch (error) {
      throw definedError(context.store, error)
    }
  }),
}

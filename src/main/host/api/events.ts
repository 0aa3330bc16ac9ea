import type { HostEvent } from '../../../shared/events.ts'
import type { Store } from '../../store/open.ts'
import { definedError, os } from './contract.ts'

export const events = {
  // The log is followed from the call on, not from the first requested event.
  follow: os.events.follow.handler(({ input, context: { store, events }, signal }) =>
    told(store, events.follow(input.after, signal)),
  ),
}

async function* told(store: Store, following: AsyncIterable<HostEvent>): AsyncGenerator<HostEvent, void> {
  try {
    yield* following
  } catch (error) {
    throw definedError(store, error)
  }
}

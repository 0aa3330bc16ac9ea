import { os, withDefinedErrors } from '../contract.ts'

export const events = {
  // The log is followed from the call on, not from the first requested event.
  follow: os.events.follow.handler(({ input, context: { store, events }, signal }) =>
    withDefinedErrors(store, events.follow(input.after, signal)),
  ),
}

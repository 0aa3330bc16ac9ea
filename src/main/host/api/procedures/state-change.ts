import { ExitlabError } from '../../../../shared/basics/error.ts'

/** Changes of state, and the states in which they are allowed. */
export interface StateChange<Status> {
  from: readonly Status[]
  /** States in which there is nothing left to do. */
  already: readonly Status[]
  /** For the refusal: “only runs that are `those` can be `changed`”. */
  those: string
  changed: string
}

/** The items to which a change applies. Items already in the target state are unchanged; it is an error if it applies to none. */
export function chosenFor<Item extends { name: string; status: string }>(
  { from, already, those, changed }: StateChange<Item['status']>,
  items: readonly Item[],
  kind: string,
): { changing: Item[]; unchanged: Item[] } {
  const changing = items.filter(({ status }) => from.includes(status))
  const unchanged = items.filter(({ status }) => already.includes(status))
  if (changing.length + unchanged.length > 0) return { changing, unchanged }
  const states = items.map(({ name, status }) => `${name} is ${status}`).join(', ')
  throw new ExitlabError('conflict', `Only ${kind} that are ${those} can be ${changed}, but ${states}.`)
}

import { ExitlabError } from '../../../shared/error.ts'

/** What may be asked of things in which states. */
export interface StateChange<Status> {
  from: readonly Status[]
  /** States in which there is nothing left to do. */
  already: readonly Status[]
  /** For the refusal where none is in such a state: “only runs that are `those` can be `changed`”. */
  those: string
  changed: string
}

/** Those that a change is for. One that is there already stays as it is; that none is of use is an error. */
export function chosenFor<Item extends { name: string; status: string }>(
  { from, already, those, changed }: StateChange<Item['status']>,
  items: readonly Item[],
  kind: string,
): { wanted: Item[]; as: Item[] } {
  const wanted = items.filter(({ status }) => from.includes(status))
  const as = items.filter(({ status }) => already.includes(status))
  if (wanted.length + as.length > 0) return { wanted, as }
  const states = items.map(({ name, status }) => `${name} is ${status}`).join(', ')
  throw new ExitlabError('conflict', `Nothing to do: only ${kind} that are ${those} can be ${changed}, but ${states}.`)
}

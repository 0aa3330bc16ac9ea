import type { HostClient } from '../../../contract/index.ts'
import type { Registered } from '../../../contract/registered.ts'
import { methodList } from '../../extensions/methods.ts'
import { forward, procedureAt } from './forward.ts'

/** What readings and exit rules are asked by, and nothing is changed by. */
const computing = new Set([
  'readings.ask',
  'evaluations.published',
  'reports.read',
  'reports.files',
  'exports.readTable',
  'exports.table',
  'exports.figure',
])
/** What lists readings and exit rules by name. */
const listing = new Set(['readings.kinds', 'evaluations.rules', 'reports.topics'])

/** Names of the readings and exit rules that extensions with these hashes have in this process. */
export function computedMethods(hashes: readonly string[]): Set<string> {
  const own = methodList().filter(({ kind, origin }) => {
    return (kind === 'reading' || kind === 'rule') && origin !== null && hashes.includes(origin.sha256)
  })
  return new Set(own.map(({ name }) => name))
}

/** A host's client that also has methods of this process, by their names: `reader` answers what asks for one of them. */
export function withOwnMethods(host: HostClient, reader: HostClient, names: ReadonlySet<string>): HostClient {
  return forward(async (path, rest) => {
    const name = path.join('.')
    const ask = (client: HostClient) => procedureAt(client, path)(...rest)
    if (computing.has(name)) return ask(mentions(rest[0], names) ? reader : host)
    const answer = await ask(host)
    if (listing.has(name)) return joined(answer as Named[], (await ask(reader)) as Named[], names)
    if (name === 'system.extensions')
      return joinedMethods(answer as Registered, (await ask(reader)) as Registered, names)
    return answer
  })
}

interface Named {
  name: string
}

/** Of methods of one name, this process's counts: it is the one under development. */
function joined(ofHost: readonly Named[], own: readonly Named[], names: ReadonlySet<string>): Named[] {
  return [...ofHost.filter(({ name }) => !names.has(name)), ...own.filter(({ name }) => names.has(name))]
}

function joinedMethods(ofHost: Registered, own: Registered, names: ReadonlySet<string>): Registered {
  const isOwn = ({ kind, name }: Registered['methods'][number]) =>
    (kind === 'reading' || kind === 'rule') && names.has(name)
  const methods = [...ofHost.methods.filter((each) => !isOwn(each)), ...own.methods.filter(isOwn)]
  return { extensions: own.extensions, methods }
}

/** Whether a question names a method, alone or with parameters behind a colon. */
function mentions(question: unknown, names: ReadonlySet<string>): boolean {
  if (typeof question === 'string') return names.has(question.split(':')[0]!)
  if (typeof question !== 'object' || question === null) return false
  return Object.values(question).some((each) => mentions(each, names))
}

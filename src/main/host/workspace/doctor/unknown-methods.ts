import { analyses as registry } from '../../../../readings/analyses/index.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { unknownMethodsIn } from '../../../../contract/experiment/stored-methods.ts'
import { methodInWords, unknownMethodRemedy } from '../../../../shared/methods/unknown-method.ts'
import type { Store } from '../../../store/open.ts'
import { unknownMethodsOf } from '../../runs/unknown-methods.ts'
import { type Outcome, warning } from './check.ts'

/** `subject`: the method, or what needs it, as the beginning of a sentence. */
export const unknownMethod = (subject: string): Outcome =>
  warning(`${subject} is unknown to this version of Exitlab`, unknownMethodRemedy)

/** Methods that stored runs, analyses and imported results name and this version does not have: nothing is damaged. */
export function unknownMethods(store: Store): Outcome[] {
  const named = [
    ...store.summaries
      .all()
      .flatMap(({ id }) => unknownMethodsOf(store, store.runs.get(id)!).map((method) => ({ method, noun: 'run' }))),
    ...store.analyses
      .all()
      .filter(({ kind }) => !registry.has(kind))
      .map(({ kind }) => ({ method: { kind: 'analysis' as const, name: kind }, noun: 'analysis' })),
    ...store.imports
      .all()
      .flatMap(({ regime, content }) => unknownMethodsIn({ regimes: regime === null ? [] : [regime], content }))
      .map((method) => ({ method, noun: 'imported result' })),
  ]
  const groups = Map.groupBy(named, ({ method, noun }) => `${methodInWords(method)} of ${noun}`)
  return [...groups.values()].map((all) => {
    const { method, noun } = all[0]!
    const owners = plural(all.length, noun, noun === 'analysis' ? 'analyses' : undefined)
    return unknownMethod(`The ${methodInWords(method)}, of ${owners},`)
  })
}

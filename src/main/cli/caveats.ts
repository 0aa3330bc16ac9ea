import type { HostClient } from '../../contract/index.ts'
import { withAbout } from '../../readings/about.ts'
import type { Caveat } from '../../shared/evaluation/caveat.ts'
import { type Context, print } from './context.ts'

/** Imported results that were named and have not what is read. */
interface ImportsLeftOut {
  kind: 'imports-left-out'
  sentence: string
  imports: string[]
}
type Said = Caveat | ImportsLeftOut

/** Says what limits the values of some runs, such as different processors, classes without test samples, or a network file that is refused since. */
export async function noteCaveats(context: Context, client: HostClient, runs: string[]): Promise<Caveat[]> {
  return noted(context, await client.evaluations.caveats({ runs }))
}

/** Says that imported results are left out, where some were asked for. */
export async function noteImportsLeftOut(
  context: Context,
  client: HostClient,
  { runs, why }: { runs: readonly string[]; why: string | null },
): Promise<ImportsLeftOut[]> {
  if (runs.length === 0 || why === null) return []
  const all = await client.imports.list()
  const asked = all.filter(({ id, name, experiment }) =>
    [id, name, experiment].some((each) => each !== null && runs.includes(each)),
  )
  if (asked.length === 0) return []
  const imports = [...new Set(asked.map(({ name }) => name))]
  return noted(context, [{ kind: 'imports-left-out', sentence: `Imported results are left out: ${why}.`, imports }])
}

function noted<Each extends Said>(context: Context, caveats: Each[]): Each[] {
  for (const { sentence } of caveats) print(context.stderr, `Note: ${sentence}`)
  return caveats
}

/** An answer as programs read it, with what limits its values: a list has it in its first entry. */
export const withCaveats = (answer: unknown, caveats: readonly Said[]): unknown =>
  caveats.length === 0 ? answer : withAbout(answer, { caveats })

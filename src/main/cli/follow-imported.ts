import type { HostClient } from '../../contract/index.ts'
import { pointsOf, type ImportedResult } from '../../shared/runs/imported.ts'
import { lostValues } from '../../shared/runs/lost-values.ts'
import { fixed, plural } from '../../shared/format/numbers.ts'
import { inUnit } from '../../shared/methods/metric.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { print, printJson, type Context } from './context.ts'
import { follow } from './follow.ts'

/** Prints what the host reads anew of imported files, of JSON an array each time, until Ctrl-C or until none is followed any more. What was read stays. */
export async function followImported(
  context: Context,
  client: HostClient,
  { added, json }: { added: readonly ImportedResult[]; json: boolean | undefined },
): Promise<void> {
  const known = new Map(added.map((each) => [each.id, each]))
  let isOver = false
  const id = added[0]!.following?.id
  const listFollowed = async () =>
    (await client.imports.list()).filter(({ following }) => following && following.id === id)
  print(context.stderr, 'Following the files. Ctrl-C ends it; what was read stays.')
  await follow(context, client, async () => ({
    isOver: () => isOver,
    async take({ type }) {
      if (type !== 'imports' && type !== 'reset') return
      const followed = await listFollowed()
      for (const each of followed) sayNews(context, { before: known.get(each.id), now: each, json })
      for (const each of followed) known.set(each.id, each)
      isOver = followed.length === 0
    },
    notice: 'What changes now is not read any more.',
    pause: async () => client.imports.unfollow({ imports: (await listFollowed()).map(({ id }) => id) }),
    say: (text) => print(context.stderr, text),
    close: () => {},
  }))
}

function sayNews(
  { stdout, stderr }: Context,
  { before, now, json }: { before: ImportedResult | undefined; now: ImportedResult; json: boolean | undefined },
): void {
  const problem = now.following?.problem ?? null
  const subject = `${now.name}, seed ${now.seed}`
  if (problem !== null && problem !== before?.following?.problem)
    print(stderr, `${subject}: ${problem} It is tried again.`)
  if (before?.sha256 === now.sha256) return
  const { lost, had } = before === undefined ? { lost: 0, had: 0 } : lostValues(before.content, now.content)
  if (lost > 0)
    print(
      stderr,
      `Note: ${subject}: ${lost} of ${plural(had, 'value')} that had been read are no longer there as they were: the log was cut, or another one took its place. The import has what the files have now.`,
    )
  if (json) return printJson(stdout, [now])
  const points = pointsOf(now.content)
  const { unit, decimals } = primaryMetric(now.content)
  const last = `${fixed(inUnit({ unit }, points.at(-1)!.value), decimals)} ${unit}`.trimEnd()
  print(stdout, `${subject}: ${plural(points.length, 'value')}, last ${last}`)
}

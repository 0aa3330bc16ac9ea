import { type Check, ok, problem } from './check.ts'

export const store: Check = {
  name: 'store',
  run({ store }) {
    const problems = store.integrityProblems()
    if (problems.length === 0) return [ok(`sound, ${store.summaries.all().length} runs`)]
    return problems.map((text) =>
      problem(
        `${store.workspace.database}: ${text}`,
        'Put back a copy of it, or move it away: the checkpoints beside it are found again when the same experiments are run.',
      ),
    )
  },
}

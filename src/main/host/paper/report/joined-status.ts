import type { PaperExperiment, PaperItem, PaperStatus } from '../../../../shared/paper/paper.ts'
import { sum } from '../../../../shared/statistics/statistics.ts'
import { addedBy, fullest, inOrder } from './joined-parts.ts'

/** How far the matrix is in all reports together. */
export function joinedStatus(all: readonly PaperStatus[]): PaperStatus {
  const items = fullest(all, {
    of: (status) => status.items,
    id: ({ id }) => id,
    size: ({ runs, analyses }) => runs.done + (analyses?.done ?? 0),
  })
  const experiments = fullest(all, {
    of: (status) => status.experiments,
    id: ({ file }) => file,
    size: ({ runs }) => runs.done ?? 0,
  })
  const runs = experiments.map((each) => ({ all: sum(Object.values(each.runs)), done: each.runs.done ?? 0 }))
  return {
    scale: all[0]!.scale,
    items: inOrder(
      items.map((item) => joinedItem(item, all, experiments)),
      ({ id }) => id,
    ),
    experiments,
    total: {
      runs: { all: sum(runs.map((each) => each.all)), done: sum(runs.map((each) => each.done)) },
      phases: joinedPhases(all, experiments),
      remainingSeconds: null,
      bytes: null,
    },
  }
}

function joinedPhases(all: readonly PaperStatus[], joined: readonly PaperExperiment[]): PaperStatus['total']['phases'] {
  const count = Math.max(...all.map(({ total }) => total.phases.all))
  const lacking = Math.max(...joined.map(({ phases }) => phases.all - phases.done))
  const done = sum(
    all.map(({ total, experiments }) =>
      addedBy(total.phases.done, experiments, { joined, amount: (each) => each.phases.done }),
    ),
  )
  return { all: count, done: Math.min(count - lacking, done) }
}

/** Runs of an item add up where no two reports have trained the same of its experiments; it is done where all of these are. */
function joinedItem(item: PaperItem, all: readonly PaperStatus[], joined: readonly PaperExperiment[]): PaperItem {
  const ofItem = (experiments: readonly PaperExperiment[]) =>
    experiments.filter(({ file }) => item.experiments.includes(file))
  const trained = all.flatMap((status) => ofItem(status.experiments).filter(({ runs }) => (runs.done ?? 0) > 0))
  const isEachOnce = new Set(trained.map(({ file }) => file)).size === trained.length
  const isTrained = ofItem(joined).every(({ state }) => state === 'done')
  const added = sum(all.flatMap(({ items }) => items.filter(({ id }) => id === item.id).map(({ runs }) => runs.done)))
  const runs = { ...item.runs, done: isTrained ? item.runs.all : isEachOnce ? added : item.runs.done }
  const isDone = isTrained && (item.analyses === null || item.analyses.done === item.analyses.all)
  return { ...item, runs, state: isDone ? 'done' : item.state }
}

import type { RunSummary } from '../../../shared/runs/runs.ts'
import type { Command } from '../../composables/use-commands.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { distinctLabels } from '../../../shared/runs/short-ids.ts'

export interface PaletteEntry {
  id: string
  title: string
  /** Quieter words after the title. */
  detail?: string
  shortcut?: string
  run(): void
}

interface PaletteGroup {
  title: string
  entries: readonly PaletteEntry[]
}

interface PaletteSources {
  commands: readonly Command[]
  runs: readonly RunSummary[]
  openRun(run: RunSummary): void
  /** Lists the runs of an experiment, by its id. */
  openExperiment(experiment: string): void
  compare(experiment: string): void
}

/** Runs are many: more than these would bury everything else. */
const runsAtMost = 12
const experimentsAtMost = 6

/** What the palette lists for a query: each of its words must be found. `>` only actions, `@` only runs, `#` only runs by tag. */
export function paletteGroups(query: string, sources: PaletteSources): PaletteGroup[] {
  const prefix = /^[>@#]/.exec(query.trim())?.[0]
  const words = query
    .toLowerCase()
    .replace(/^\s*[>@#]/, '')
    .split(/\s+/)
    .filter(Boolean)
  const actions = prefix === '@' || prefix === '#' ? [] : commandGroups(sources.commands, words)
  // Without a word every run would do: actions come first then.
  if (prefix === '>' || (prefix === undefined && words.length === 0)) return actions
  const experiments = prefix === undefined ? [{ title: 'Experiments', entries: experimentEntries(words, sources) }] : []
  const runs = { title: 'Runs', entries: runEntries(words, sources, prefix === '#') }
  return [...actions, ...experiments, runs].filter(({ entries }) => entries.length > 0)
}

function commandGroups(commands: readonly Command[], words: readonly string[]): PaletteGroup[] {
  const found = best(commands, {
    words,
    titleOf: ({ title }) => title,
    restOf: ({ keywords = '', group = '' }) => `${keywords} ${group}`,
  })
  const groups = [...Map.groupBy(found, ({ group }) => group ?? 'Actions')].map(([title, entries]) => ({
    title,
    entries,
  }))
  // Some are many and alike: before anything is written they would bury pages and actions.
  return words.length > 0 ? groups : groups.toSorted((a, b) => crowded.indexOf(a.title) - crowded.indexOf(b.title))
}

/** Groups of many, in the order in which they come last. */
const crowded = ['Paper', 'Export']

/** Each experiment, and its comparison where `compare` is among the words. */
function experimentEntries(
  words: readonly string[],
  { runs, openExperiment, compare }: PaletteSources,
): PaletteEntry[] {
  const experiments = Map.groupBy(runs, ({ experimentId }) => experimentId)
  const labels = distinctLabels(new Map(runs.map(({ experimentId, experiment }) => [experimentId, experiment])))
  const entries = [...experiments].flatMap(([id, members]): PaletteEntry[] => {
    const label = labels.get(id)!
    const done = members.filter(({ status }) => status === 'done').length
    const detail = `${plural(members.length, 'run')}, ${done} done`
    return [
      { id: `experiment ${id}`, title: label, detail, run: () => openExperiment(id) },
      { id: `compare ${id}`, title: `Compare ${label}`, detail, run: () => compare(id) },
    ]
  })
  return best(entries, { words, titleOf: ({ title }) => title, restOf: () => '' }).slice(0, experimentsAtMost)
}

function runEntries(words: readonly string[], { runs, openRun }: PaletteSources, byTag: boolean): PaletteEntry[] {
  const among = byTag ? runs.filter(({ tags }) => tags.length > 0) : runs
  const found = best(among, {
    words,
    titleOf: byTag ? ({ tags }) => tags.join(' ') : ({ name }) => name,
    restOf: byTag ? () => '' : runText,
  })
  return found.slice(0, runsAtMost).map((run) => ({
    id: `run ${run.id}`,
    title: run.name,
    detail: [run.status, ...run.tags.map((tag) => `#${tag}`)].join(' · '),
    run: () => openRun(run),
  }))
}

function runText({ experiment, regime, status, note, tags, id }: RunSummary): string {
  return [experiment, regime, status, note, id, ...tags].join(' ')
}

interface Search<Item> {
  words: readonly string[]
  /** Found first. */
  titleOf: (item: Item) => string
  /** Found behind all titles. */
  restOf: (item: Item) => string
}

/** Items that contain every word; first those with whole words or word beginnings in the title. */
function best<Item>(items: readonly Item[], { words, titleOf, restOf }: Search<Item>): Item[] {
  const ranked = items.flatMap((item) => {
    const title = titleOf(item).toLowerCase()
    const rest = restOf(item).toLowerCase()
    const ranks = words.map((word) => rankOf(word, title, rest))
    return ranks.includes(null) ? [] : [{ item, rank: ranks.reduce<number>((sum, rank) => sum + rank!, 0) }]
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item)
}

/** 0: a whole word of the title, 1: the beginning of one, 2: within one, 3: elsewhere; null: nowhere. */
function rankOf(word: string, title: string, rest: string): number | null {
  for (let at = title.indexOf(word), within = false; ; at = title.indexOf(word, at + 1)) {
    if (at === -1) return within ? 2 : rest.includes(word) ? 3 : null
    const begins = !isLetter(title[at - 1])
    if (begins && !isLetter(title[at + word.length])) return 0
    if (begins) return 1
    within = true
  }
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

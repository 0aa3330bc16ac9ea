import type { RunSummary } from '../../../shared/runs.ts'
import type { Command } from '../../composables/use-commands.ts'

export interface PaletteEntry {
  id: string
  title: string
  /** Quieter words after the title. */
  detail?: string
  shortcut?: string
  run(): void
}

export interface PaletteGroup {
  title: string
  entries: readonly PaletteEntry[]
}

interface Sources {
  commands: readonly Command[]
  runs: readonly RunSummary[]
  openRun(run: RunSummary): void
}

/** Runs are many: more than these would bury everything else. */
const runsAtMost = 12

/** What the palette lists for a query: each of its words must be found. `>` only actions, `@` only runs, `#` only runs by tag. */
export function paletteGroups(query: string, { commands, runs, openRun }: Sources): PaletteGroup[] {
  const prefix = /^[>@#]/.exec(query.trim())?.[0]
  const words = query
    .toLowerCase()
    .replace(/^\s*[>@#]/, '')
    .split(/\s+/)
    .filter(Boolean)
  const finds = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const actions = prefix === '@' || prefix === '#' ? [] : commandGroups(commands, finds)
  // Without a word every run would do: actions come first then.
  if (prefix === '>' || (prefix === undefined && words.length === 0)) return actions
  const textOf = prefix === '#' ? ({ tags }: RunSummary) => tags.join(' ') : runText
  const found = firstOf(runs, (run) => finds(textOf(run)) && (prefix !== '#' || run.tags.length > 0))
  return [...actions, { title: 'Runs', entries: found.map((run) => runEntry(run, openRun)) }].filter(
    ({ entries }) => entries.length > 0,
  )
}

function commandGroups(commands: readonly Command[], finds: (text: string) => boolean): PaletteGroup[] {
  const found = commands.filter(({ title, keywords = '', group = '' }) => finds(`${title} ${keywords} ${group}`))
  const groups = Map.groupBy(found, ({ group }) => group ?? 'Actions')
  return [...groups].map(([title, entries]) => ({ title, entries }))
}

function runEntry(run: RunSummary, open: (run: RunSummary) => void): PaletteEntry {
  const detail = [run.status, ...run.tags.map((tag) => `#${tag}`)].join(' · ')
  return { id: `run ${run.id}`, title: run.name, detail, run: () => open(run) }
}

function runText({ name, experiment, regime, status, note, tags, id }: RunSummary): string {
  return [name, experiment, regime, status, note, id, ...tags].join(' ')
}

/** The first that fit, without looking at the rest of ten thousand. */
function firstOf(runs: readonly RunSummary[], fits: (run: RunSummary) => boolean): RunSummary[] {
  const found: RunSummary[] = []
  for (const run of runs) {
    if (found.length === runsAtMost) break
    if (fits(run)) found.push(run)
  }
  return found
}

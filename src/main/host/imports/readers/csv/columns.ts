import { exitFamilies, isCost, isMeant, isMetric, onlyOrTest, type ExitFamily } from '../exit-pattern.ts'
import type { ImportRole } from '../../../../../shared/runs/imported.ts'
import { badSource, ChoiceNeeded, listed, refuseLong, type FoundName, type ImportChoice } from '../import-choice.ts'

/** What the columns of a table are. Places count from 0. */
export type Columns = {
  epoch: number | null
  seed: number | null
  /** Name of the column or the columns of the metric. */
  metric: string
} & (
  | { form: 'wide'; values: Placed; costs: Placed }
  | { form: 'long'; exit: number; value: number; cost: number | null }
  | { form: 'curve'; threshold: number | null; value: number; cost: number }
)

/** Columns of each exit. */
type Placed = { exit: string; place: number }[]

const words: Record<'epoch' | 'seed' | 'exit' | 'threshold', RegExp> = {
  epoch: /^(epochs?|steps?|iter(ation)?s?|global ?step)$/,
  seed: /^seed$/,
  exit: /^(exit|head|ic|classifier|branch)( ?(id|index|number|no|name))?$/,
  threshold: /^(.* )?(thresholds?|tau)$/,
}

/** Columns of a table that has a column for each of a thousand exits, and for much else. */
const mostColumns = 20_000

interface Given {
  path: string
  header: readonly string[]
  choice: ImportChoice
}

interface Header extends Given {
  /** Of each name, where its columns are. */
  places: ReadonlyMap<string, number[]>
}

/** Finds what the columns are, by what is chosen and else by their names. @throws ChoiceNeeded where that leaves none or several. */
export function columnsOf(given: Given): Columns {
  const { path, header } = given
  if (header.length > mostColumns)
    throw badSource(path, `has ${header.length} columns; expected at most ${mostColumns}.`)
  for (const name of header) refuseLong(path, name)
  const table = { ...given, places: Map.groupBy(header.keys(), (place) => header[place]!) }
  const [epoch, seed, exit, threshold] = (['epoch', 'seed', 'exit', 'threshold'] as const).map((role) =>
    placeOf(table, role),
  ) as [number | null, number | null, number | null, number | null]
  const common = { epoch, seed }
  if (exit !== null) {
    const value = metricColumn(table)
    return { form: 'long', ...common, exit, value, cost: costColumn(table), metric: table.header[value]! }
  }
  const family = threshold === null ? metricFamily(table) : null
  if (family)
    return { form: 'wide', ...common, values: placed(table, family), costs: costFamily(table), metric: family.pattern }
  const cost = costColumn(table)
  const value = metricColumn(table)
  if (cost === null && threshold === null && epoch !== null) {
    const metric = table.header[value]!
    return { form: 'wide', ...common, values: [{ exit: 'final', place: value }], costs: [], metric }
  }
  if (cost === null) throw needed(table, 'has neither a column for each exit, nor a column of exits, nor one of costs')
  return { form: 'curve', ...common, threshold, value, cost, metric: table.header[value]! }
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

/** The column that is chosen for a role, else the one that is called so. */
function placeOf(table: Header, role: keyof typeof words): number | null {
  const { header, choice } = table
  const asked = choice.map[role]
  if (asked !== undefined) return columnNamed(table, asked)
  const places = [...header.keys()].filter((place) => words[role].test(plain(header[place]!)))
  if (places.length > 1 && role !== 'epoch') throw several(table, role, places)
  // Of `epoch` and `step` either counts the training.
  return places[0] ?? null
}

function columnNamed(table: Header, name: string): number {
  const places = table.places.get(name) ?? []
  if (places.length === 1) return places[0]!
  throw needed(table, places.length === 0 ? `has no column ${name}` : `has several columns ${name}`)
}

function metricColumn(table: Header): number {
  const { header, choice } = table
  if (choice.map.metric !== undefined) return columnNamed(table, choice.map.metric)
  const places = [...header.keys()].filter((place) => isMetric(header[place]!, choice))
  const only = onlyOrTest(places.map((place) => ({ place, pattern: header[place]! })))
  if (only) return only.place
  if (places.length > 1) throw several(table, 'metric', places)
  throw needed(table, 'has no column that speaks of the metric')
}

function costColumn(table: Header): number | null {
  const { header, choice } = table
  if (choice.map.cost !== undefined) return columnNamed(table, choice.map.cost)
  const places = [...header.keys()].filter((place) => isCost(header[place]!))
  if (places.length > 1) throw several(table, 'cost', places)
  return places[0] ?? null
}

/** The columns of the exits, as tags of TensorBoard are chosen; null where there are none. */
function metricFamily(table: Header): ExitFamily | null {
  const { header, choice } = table
  const families = exitFamilies(header)
  const asked = choice.map.metric
  // A column with the name as it stands is that column.
  if (asked !== undefined && !table.places.has(asked)) {
    const found = families.find(({ pattern }) => isMeant(pattern, asked))
    if (found) return found
    throw needed(table, `has no columns ${asked}`)
  }
  if (asked !== undefined) return null
  const speaking = families.filter(({ pattern, members }) => members.length > 1 && isMetric(pattern, choice))
  if (speaking.length === 0) return null
  const only = onlyOrTest(speaking)
  if (only) return only
  throw needed(
    table,
    'has several sets of columns for the metric of the exits',
    speaking.map(({ pattern }) => pattern),
  )
}

function costFamily(table: Header): Placed {
  const asked = table.choice.map.cost
  const families = exitFamilies(table.header).filter(({ pattern }) =>
    asked === undefined ? isCost(pattern) : isMeant(pattern, asked),
  )
  if (families.length === 0 && asked !== undefined) throw needed(table, `has no columns ${asked}`)
  return families.length === 1 ? placed(table, families[0]!) : []
}

function placed(table: Header, { members }: ExitFamily): Placed {
  return members.map(({ name, exit }) => ({ exit, place: columnNamed(table, name) }))
}

function several(table: Header, role: ImportRole, places: readonly number[]): ChoiceNeeded {
  const names = places.map((place) => table.header[place]!)
  return needed(table, `has several columns that may be the ${role}`, names, role)
}

/** Lists the columns, with the choice that is missing. */
function needed(
  { path, header }: Header,
  problem: string,
  candidates: readonly string[] = header,
  role: ImportRole = 'metric',
): ChoiceNeeded {
  const lines = [
    `${path} ${problem}. Choose the ${role}; in names of columns * stands for the exit:`,
    ...listed(candidates.map((name) => `  ${name}`)),
  ]
  const names = header.map((name): FoundName => ({ name, values: 0, last: null }))
  return new ChoiceNeeded(lines.join('\n'), { names, path, missing: role, example: candidates[0] ?? 'COLUMN' })
}

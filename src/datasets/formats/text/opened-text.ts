import { createHash } from 'node:crypto'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { count } from '../../../shared/format/numbers.ts'
import type { SplitLabels } from '../../../engine/data/targets.ts'
import { heldBackShares, usedTraining } from '../../../engine/data/split.ts'
import { valueGroups } from '../../../engine/data/value-groups.ts'
import type { OpenedText, Texts } from '../../dataset.ts'
import { byCodeUnit } from '../walk-folder.ts'

/** Texts of one split in their order, each with the name of its class or with a value. */
export interface LabelledTexts extends Texts {
  targets: readonly string[] | Float32Array
}

interface ReadTexts {
  train: LabelledTexts
  /** null where the data set has none of its own: a share of the others is held back. */
  test: LabelledTexts | null
}

/** Share of the texts that become test texts where a data set has none of its own. */
const defaultTestFraction = 0.2

interface Opening {
  /** As the experiment says. */
  testFraction: number | undefined
  /** Folder or file, for messages. */
  path: string
}

/** A data set whose texts have been read. @throws ExitlabError `data` where there is too little to learn from. */
export function openedText(read: ReadTexts, { testFraction, path }: Opening): OpenedText {
  if (read.test !== null && testFraction !== undefined) {
    throw new ExitlabError('data', `data.testFraction: ${path} has test texts of its own; leave testFraction out`)
  }
  if (read.train.first.length === 0) throw new ExitlabError('data', `data.path: ${path} has no training texts`)
  for (const { first, second } of [read.train, ...(read.test ? [read.test] : [])]) {
    for (const texts of second ? [first, second] : [first]) refuseLong(texts, path)
  }
  const fraction = testFraction ?? defaultTestFraction
  const { train, test } = read.test === null ? holdBackTest(read.train, fraction) : { ...read, test: read.test }
  const parts = { train, test }
  return {
    kind: 'text',
    ...targetsOf(parts, path),
    isPaired: train.second !== null,
    testHeldBack: read.test === null ? fraction : null,
    fingerprint: async (selection) => fingerprintOf(parts, { train: usedTraining(selection), test: selection.test }),
    texts: async (split, positions) => pick(parts[split], positions),
  }
}

/** Characters of a text: a long novel. Of more than the first words of it nothing is ever read, but all of them are counted. */
const mostCharacters = 2 ** 22

function refuseLong(texts: readonly string[], path: string): void {
  const at = texts.findIndex(({ length }) => length > mostCharacters)
  if (at < 0) return
  const [length, most] = [texts[at]!.length, mostCharacters].map(count)
  throw new ExitlabError(
    'data',
    `data.path: text ${count(at + 1)} of ${path}, which begins with “${texts[at]!.trim().slice(0, 40)}”, has ${length} characters; ` +
      `expected at most ${most}: split it, or remove it`,
  )
}

type Parts = Record<keyof SplitLabels, LabelledTexts>

function targetsOf({ train, test }: Parts, path: string): Pick<OpenedText, 'classNames' | 'labels' | 'values'> {
  if (train.targets instanceof Float32Array) {
    const values = { train: train.targets, test: test.targets as Float32Array }
    // One output: all samples are of the one class that has no name.
    const labels = { train: new Int32Array(values.train.length), test: new Int32Array(values.test.length) }
    return { classNames: [''], labels, values }
  }
  const names = { train: train.targets, test: test.targets as readonly string[] }
  const classNames = classesOf(names.train)
  if (classNames.length < 2) {
    throw new ExitlabError(
      'data',
      `data.path: all training texts of ${path} are of the class “${classNames[0]}”; expected two classes or more`,
    )
  }
  const labelOf = new Map(classNames.map((name, label) => [name, label]))
  const unknown = names.test.find((name) => !labelOf.has(name))
  if (unknown !== undefined) {
    throw new ExitlabError(
      'data',
      `data.path: a test text of ${path} is of the class “${unknown}”, which no training text is of`,
    )
  }
  const labelsOf = (of: readonly string[]) => Int32Array.from(of, (name) => labelOf.get(name)!)
  return { classNames, labels: { train: labelsOf(names.train), test: labelsOf(names.test) }, values: null }
}

/** Sorted: as numbers where all of them are whole ones, else by code unit. */
function classesOf(targets: readonly string[]): string[] {
  const names = [...new Set(targets)]
  const areNumbers = names.every((name) => /^-?\d{1,15}$/.test(name))
  return names.sort(areNumbers ? (a, b) => Number(a) - Number(b) : byCodeUnit)
}

function pick({ first, second }: Texts, positions: Int32Array): Texts {
  const of = (texts: readonly string[]) => Array.from(positions, (position) => texts[position]!)
  return { first: of(first), second: second && of(second) }
}

/**
 * Splits texts into training and test texts: of each class, or of each group of values, a share (largest remainder), the texts with
 * the smallest SHA-256. So the split is the same for every seed and on every machine.
 */
function holdBackTest(all: LabelledTexts, fraction: number): Parts {
  const { targets } = all
  const groups = targets instanceof Float32Array ? valueGroups(targets) : labelled(targets)
  const byGroup = Map.groupBy(groups.keys(), (position) => groups[position]!)
  const members = [...byGroup.keys()].sort((a, b) => a - b).map((group) => byGroup.get(group)!)
  const hashes = all.first.map((first, position) => sha256(JSON.stringify([first, all.second?.[position] ?? null])))
  const shares = heldBackShares(
    members.map(({ length }) => length),
    fraction,
  )
  const held = new Set(
    members.flatMap((each, group) =>
      each.toSorted((a, b) => byCodeUnit(hashes[a]!, hashes[b]!)).slice(0, shares[group]),
    ),
  )
  const positions = Int32Array.from(groups.keys())
  return {
    train: pickLabelled(
      all,
      positions.filter((position) => !held.has(position)),
    ),
    test: pickLabelled(
      all,
      positions.filter((position) => held.has(position)),
    ),
  }
}

function labelled(names: readonly string[]): Int32Array {
  const labels = new Map(classesOf(names).map((name, label) => [name, label]))
  return Int32Array.from(names, (name) => labels.get(name)!)
}

function pickLabelled(all: LabelledTexts, positions: Int32Array): LabelledTexts {
  const { targets } = all
  const picked = Array.from(positions, (position) => targets[position]!)
  return {
    ...pick(all, positions),
    targets: targets instanceof Float32Array ? Float32Array.from(picked as number[]) : (picked as string[]),
  }
}

/** Over the selected texts and their classes or values, in order. */
function fingerprintOf(parts: Parts, positions: Record<keyof Parts, Int32Array>): string {
  const hash = createHash('sha256')
  for (const split of ['train', 'test'] as const) {
    const { first, second, targets } = parts[split]
    for (const at of positions[split]) {
      hash.update(`${JSON.stringify([split, targets[at], first[at], second?.[at] ?? null])}\n`)
    }
  }
  return hash.digest('hex')
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

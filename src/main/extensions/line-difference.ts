/** A line of two texts: of both, or of one. `gap`: equal lines that are left out. */
interface DifferenceLine {
  kind: 'same' | 'added' | 'removed' | 'gap'
  text: string
}

/** Equal lines that are shown around others. */
const around = 2
/** Pairs of lines that are compared; where there are more, all lines between the first and the last difference are taken for different. */
const mostPairs = 4_000_000

/** What differs between two texts, line by line, by their longest common subsequence; empty where they are equal. */
export function lineDifference(before: string, after: string): DifferenceLine[] {
  const [old, now] = [linesOf(before, after), linesOf(after, before)]
  const all = [...Array(Math.min(old.length, now.length)).keys()]
  const head = all.find((line) => old[line] !== now[line]) ?? all.length
  const longestTail = Math.min(old.length, now.length) - head
  const tail = all.slice(0, longestTail).find((line) => old.at(-1 - line) !== now.at(-1 - line)) ?? longestTail
  const middle = changes(old.slice(head, old.length - tail), now.slice(head, now.length - tail))
  const same = (lines: string[]) => lines.map((text): DifferenceLine => ({ kind: 'same', text }))
  return shortened([...same(old.slice(0, head)), ...middle, ...same(old.slice(old.length - tail))])
}

/** Of a file that is new or gone, the line break at its end is none of a line more. */
function linesOf(text: string, other: string): string[] {
  if (text === '') return []
  return (other === '' ? text.replace(/\n$/, '') : text).split('\n')
}

function changes(old: readonly string[], now: readonly string[]): DifferenceLine[] {
  const lengths = commonLengths(old, now)
  const lines: DifferenceLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (lengths && old[i] === now[j]) lines.push({ kind: 'same', text: (j++, old[i++]!) })
    else if (i < old.length && (j === now.length || !lengths || lengths[i + 1]![j]! >= lengths[i]![j + 1]!))
      lines.push({ kind: 'removed', text: old[i++]! })
    else lines.push({ kind: 'added', text: now[j++]! })
  }
  return lines
}

/** Length of the longest common subsequence from line i of the one and line j of the other on; null where that takes too long. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array[] | null {
  if (old.length * now.length > mostPairs) return null
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const isCommon = old[i] === now[j]
      lengths[i]![j] = isCommon ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  return lengths
}

function shortened(lines: readonly DifferenceLine[]): DifferenceLine[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same')
  const near = lines.map((_, at) => isNear(at))
  if (!near.includes(true)) return []
  return lines.flatMap((line, at): DifferenceLine[] => {
    if (near[at]) return [line]
    return at === 0 || near[at - 1] ? [{ kind: 'gap', text: '' }] : []
  })
}

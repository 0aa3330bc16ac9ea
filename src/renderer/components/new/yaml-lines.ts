/** How lines of a text are indented: by how many spaces, and whether those of lists are. */
export function layoutOf(text: string): { indent: number; indentSeq: boolean } {
  const indent = /^( +)[^\s#]/m.exec(text)?.[1]!.length ?? 2
  return { indent, indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*(#[^\n]*)?\n\1- /m.test(text) }
}

/**
 * The lines of a text with an edit that made `after` of `before`, which is the same document as a library writes it: writing all of it
 * anew would also format what the edit leaves alone.
 */
export function spliced(text: readonly string[], before: readonly string[], after: readonly string[]): string[] {
  let [start, end] = commonEnds(before, after)
  const places = placesIn(text, before)
  // Lines that the library breaks differently go with those beside them.
  while (start > 0 && places[start - 1] === null) start--
  while (end > 0 && places[before.length - end] === null) end--
  const from = start === 0 ? 0 : places[start - 1]! + 1
  const to = end === 0 ? text.length : places[before.length - end]!
  return [...text.slice(0, from), ...after.slice(start, after.length - end).map(unpadded), ...text.slice(to)]
}

/** How many lines of two lists, or letters of two texts, are the same at the beginning and at the end. */
export function commonEnds(a: ArrayLike<string>, b: ArrayLike<string>): [start: number, end: number] {
  const most = Math.min(a.length, b.length)
  let [start, end] = [0, 0]
  while (start < most && a[start] === b[start]) start++
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [start, end]
}

/** Where each line stands in a text, white space aside, as a longest common subsequence has it; null: not as one line. */
function placesIn(text: readonly string[], lines: readonly string[]): (number | null)[] {
  const [own, others] = [lines, text].map((all) => all.map((line) => line.replaceAll(/\s/g, ''))) as [
    string[],
    string[],
  ]
  const common = Array.from({ length: own.length + 1 }, () => new Uint32Array(others.length + 1))
  for (let i = own.length - 1; i >= 0; i--)
    for (let j = others.length - 1; j >= 0; j--)
      common[i]![j] =
        own[i] === others[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  let j = 0
  return own.map((line, i) => {
    while (j < others.length && line !== others[j] && common[i]![j + 1]! >= common[i + 1]![j]!) j++
    return line === others[j] && common[i]![j] === common[i + 1]![j + 1]! + 1 ? j++ : null
  })
}

/** `[1, 2]` as people write it, where the library writes `[ 1, 2 ]` to keep the spaces of `{ a: 1 }`. */
export function unpadded(line: string): string {
  return line.replace(/\[ ([-+.,\de ]+) \]/gi, '[$1]').replace(/(^|: |- )\[ (.*?) \]/, '$1[$2]')
}

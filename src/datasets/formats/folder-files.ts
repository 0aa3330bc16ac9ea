import { sep } from 'node:path'

/** An image file and its class. */
export interface LabelledFile {
  path: string
  label: number
  /** Of its bytes, where they have been read. */
  sha256?: string
}

/** Files in an order; an array is one. */
export interface Files {
  readonly length: number
  at(index: number): LabelledFile | undefined
}

interface Folder {
  folder: string
  label: number
  /** Relative paths of its files. */
  names: readonly string[]
}

interface Group extends Omit<Folder, 'names'> {
  /** Position of its first file. */
  start: number
  names: string
}

/** No name has it in it. */
const separator = '\0'

/** Files folder by folder, a string for each: a million of them take a fifth of the memory that their paths would. */
interface FolderFiles extends Files {
  add(folder: Folder): void
}

export function createFolderFiles(): FolderFiles {
  const groups: Group[] = []
  let length = 0
  let latest: { group: Group; names: string[] } | null = null
  const nameAt = (group: Group, index: number) => {
    if (latest?.group !== group) latest = { group, names: group.names.split(separator) }
    return latest.names[index]!
  }
  return {
    get length() {
      return length
    },
    add({ names, ...folder }) {
      if (names.length > 0) groups.push({ ...folder, start: length, names: names.join(separator) })
      length += names.length
    },
    at(index) {
      if (index >= length) return undefined
      const group = groups[groupOf(groups, index)]!
      return { path: `${group.folder}${sep}${nameAt(group, index - group.start)}`, label: group.label }
    },
  }
}

/** The last group that begins at a position or before it. */
function groupOf(groups: readonly Group[], position: number): number {
  let [first, end] = [0, groups.length]
  while (end - first > 1) {
    const middle = (first + end) >> 1
    if (groups[middle]!.start <= position) first = middle
    else end = middle
  }
  return first
}

/** The files at some positions, in their order. */
export function filesAt(files: Files, positions: Int32Array): Files {
  return { length: positions.length, at: (index) => files.at(positions[index] ?? files.length) }
}

import { posix } from 'node:path'
import type { Track } from '../track.ts'

/** What was logged in a folder: each tag by its name from there on, as TensorBoard shows the runs of a folder of logs. */
export interface LoggedRun {
  /** From the folder that is read; `.` is that one. */
  folder: string
  /** Those whose event files it is of. */
  folders: string[]
  tracks: Map<string, Track>
}

/** Tags of the event files of each folder. */
export type LoggedFolders = ReadonlyMap<string, ReadonlyMap<string, Track>>

/** How programs call the folders of the samples of one training, as Keras does. */
const ofSamples = /^(train(ing)?|val(idation)?|test|eval(uation)?)$/i

/**
 * The trainings that a folder holds: the deepest folders that are one (`isRun`) by their own event files and those of folders of
 * samples in them, else the deepest that are one by all that is in them, as those are that `add_scalars` makes.
 */
export function runsIn(logged: LoggedFolders, isRun: (run: LoggedRun) => boolean): LoggedRun[] {
  const folders = [...logged.keys()]

  function below(folder: string): LoggedRun[] {
    const children = childrenOf(folder, folders)
    const inner = children.filter((child) => !ofSamples.test(posix.basename(child))).flatMap(below)
    const own = runOf(
      folder,
      children.filter((child) => ofSamples.test(posix.basename(child))),
    )
    if (inner.length > 0) return isRun(own) ? [own, ...inner] : inner
    const all = runOf(folder, children)
    return isRun(all) ? [all] : []
  }

  /** With all that is in some of its folders. */
  function runOf(folder: string, children: readonly string[]): LoggedRun {
    const members = folders.filter((each) => each === folder || children.some((child) => isWithin(each, child)))
    const tracks = members.flatMap((each) =>
      [...logged.get(each)!].map(([tag, track]) => [tagFrom(posix.relative(folder, each), tag), track] as const),
    )
    return { folder, folders: members, tracks: new Map(tracks) }
  }

  return below('.')
}

const tagFrom = (folder: string, tag: string): string => (folder === '' ? tag : `${folder}/${tag}`)

const isWithin = (folder: string, other: string) => other === '.' || folder === other || folder.startsWith(`${other}/`)

/** The next folders on the way to those with event files. */
function childrenOf(folder: string, all: readonly string[]): string[] {
  const within = all.filter((each) => each !== folder && isWithin(each, folder))
  return [...new Set(within.map((each) => posix.join(folder, posix.relative(folder, each).split('/')[0]!)))]
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder, Settings } from '../../../shared/contract/system.ts'
import type { DataSource } from '../../../shared/data.ts'
import { cifarDatasets, idxFiles, idxNames } from '../../engine/pure.ts'
import { sizeOf } from '../disk/disk-use.ts'
import { defaultDataFolder, type Environment } from '../paths.ts'

/** Images of a folder are wherever their experiment says. */
export type NamedSource = Exclude<DataSource, 'image-folder'>

const titles = {
  'fashion-mnist': 'Fashion-MNIST',
  mnist: 'MNIST',
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
} as const satisfies Record<NamedSource, string>

export const namedSources = Object.keys(titles) as NamedSource[]

type Place = Pick<DataFolder, 'folder' | 'origin'>

/** Where a data set lies that an experiment gives no path for: where the settings say, else in the default folder. */
export function dataPlace(
  source: DataSource,
  { dataFolders }: Pick<Settings, 'dataFolders'>,
  environment: Environment,
): Place {
  const folder = dataFolders[source]
  if (folder !== undefined) return { folder, origin: 'settings' }
  return { folder: defaultDataFolder(source, environment), origin: 'default' }
}

/** A data set and whether its files are there. */
export async function lookAtData(source: NamedSource, place: Place): Promise<DataFolder> {
  const found = isThere(source, place.folder)
  const bytes = found ? await sizeOf(place.folder) : 0
  return { source, title: titles[source], ...place, found, bytes, remedy: found ? null : remedyFor(source, place) }
}

/** Whether the files that make a data set up are there, as far as their names tell. */
function isThere(source: NamedSource, folder: string): boolean {
  const has = (...path: string[]) => existsSync(join(folder, ...path))
  if (source === 'mnist' || source === 'fashion-mnist') {
    const files = Object.values(idxFiles).flatMap(({ images, labels }) => [images, labels])
    return files.every((file) => idxNames(file).some((name) => has(name)))
  }
  return Object.values(cifarDatasets[source].forms).some(({ folder: unpacked, archive, train, test }) => {
    const isWhole = (...path: string[]) => [...train, ...test].every((file) => has(...path, file))
    return isWhole() || isWhole(unpacked) || has(archive) || (folder.endsWith('.tar.gz') && existsSync(folder))
  })
}

function remedyFor(source: NamedSource, { folder }: Place): string {
  const files =
    source === 'mnist' || source === 'fashion-mnist'
      ? `the four files ${idxFiles.train.images}.gz and so on`
      : Object.values(cifarDatasets[source].forms)
          .map(({ archive }) => archive)
          .join(' or ')
  const put = `Put ${files} into ${folder}, or choose the folder that has them.`
  return source === 'fashion-mnist' ? `Install it, or: ${put}` : put
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder, Settings } from '../../../contract/system.ts'
import { datasets } from '../../../datasets/index.ts'
import { defaultDataFolder, type Environment } from '../../../files/user-folders.ts'

/** Folder of a data set without a path in the experiment: from the settings, else the default folder. */
export function dataFolder(
  source: string,
  { dataFolders }: Pick<Settings, 'dataFolders'>,
  environment: Environment,
): Pick<DataFolder, 'folder' | 'origin'> {
  const folder = dataFolders[source]
  if (folder !== undefined) return { folder, origin: 'settings' }
  return { folder: defaultDataFolder(source, environment), origin: 'default' }
}

/** Data sets that have a folder, and whether their files exist, judged by names. Their sizes are not measured: of 1.3 million images that takes minutes. */
export function dataFolders(settings: Pick<Settings, 'dataFolders'>, environment: Environment): DataFolder[] {
  return datasets.entries().flatMap(([source, { info, files }]): DataFolder[] => {
    if (files === null) return []
    const { folder, origin } = dataFolder(source, settings, environment)
    const found = files.areIn(folder, (...path) => existsSync(join(folder, ...path)))
    const { downloadBytes } = files
    const put = `Put ${files.expected} into ${folder}, or choose their folder.`
    const remedy = downloadBytes === null ? put : `Install it, or: ${put}`
    return [{ source, title: info.title, folder, origin, found, remedy: found ? null : remedy, downloadBytes }]
  })
}

import { ExitlabError } from '../../../../shared/basics/error.ts'
import { isRecord } from '../../../../shared/basics/json-schema.ts'
import { readSource } from './read-source.ts'
import { readYaml } from './yaml-document.ts'

/** The extensions that an experiment file names; none where it has problems, which whoever reads it whole says. */
export async function extensionsIn(path: string): Promise<string[]> {
  const source = await readSource(path).catch((error: unknown) => {
    if (error instanceof ExitlabError) return ''
    throw error
  })
  const { value } = readYaml(source)
  const named = isRecord(value) ? value['extensions'] : []
  return Array.isArray(named) ? named.filter((each): each is string => typeof each === 'string' && each !== '') : []
}

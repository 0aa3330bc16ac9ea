import { schemaAt, type SettingSchema } from '../setting/setting-schema.ts'
import { valueAt } from '../setting/setting-value.ts'

/** Whether the data set of an experiment takes a key of `data`. */
export function takesDataKey(schema: SettingSchema, values: Record<string, unknown>, key: string): boolean {
  const { enumKeys = [], enum: sources = [] } = schemaAt(schema, ['data', 'source'])
  const taken = enumKeys[sources.indexOf(String(valueAt(values, ['data', 'source'])))] ?? []
  return taken.includes(key) || !enumKeys.flat().includes(key)
}

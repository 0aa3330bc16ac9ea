import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SettingSchema } from '../../../src/renderer/components/setting/setting-schema.ts'

/** The JSON schema of experiment files. */
export const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../resources/experiment.schema.json'), 'utf8'),
) as SettingSchema

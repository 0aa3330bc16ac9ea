import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { Plan } from '../../../contract/experiments.ts'
import type { Problem } from '../../../shared/basics/error.ts'
import type { NetworkDrawing } from '../../../shared/network/network-drawing.ts'
import type { SettingSchema } from '../setting/setting-schema.ts'
import type { ExperimentDraft } from './use-experiment-draft.ts'

/** What the form of an experiment shows. */
export interface ExperimentFormProps {
  draft: ExperimentDraft
  schema: SettingSchema
  problems: readonly Problem[]
  plan: Plan | null
  /** The network as last drawn; null before that. */
  drawing: NetworkDrawing | null
}

/** The same for all parts of the form. */
interface ExperimentFormContext extends Pick<ExperimentDraft, 'values'> {
  draft: ExperimentDraft
  /** While the text cannot be read. */
  disabled: ComputedRef<boolean>
  schema: ComputedRef<SettingSchema>
  problems: ComputedRef<readonly Problem[]>
  plan: ComputedRef<Plan | null>
  drawing: ComputedRef<NetworkDrawing | null>
  /** What is wrong with the setting at a path or with something inside it. */
  problemAt(key: string): Problem | undefined
}

const key: InjectionKey<ExperimentFormContext> = Symbol('experiment form')

export function provideExperimentForm(props: ExperimentFormProps): ExperimentFormContext {
  const { draft } = props
  const context = {
    draft,
    values: draft.values,
    disabled: computed(() => draft.fault.value !== null),
    schema: computed(() => props.schema),
    problems: computed(() => props.problems),
    plan: computed(() => props.plan),
    drawing: computed(() => props.drawing),
    problemAt: (key: string) => props.problems.find(({ path }) => `${path.join('.')}.`.startsWith(`${key}.`)),
  }
  provide(key, context)
  return context
}

export function useExperimentForm(): ExperimentFormContext {
  const context = inject(key)
  if (context === undefined) throw new Error('A part of the form of an experiment is used outside it.')
  return context
}

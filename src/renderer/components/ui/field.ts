import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'

/** What a field tells the control inside it. */
interface FieldContext {
  id: string
  /** Elements that describe the control: its hint, its error. */
  describedBy: string | undefined
  invalid: boolean
}

const key: InjectionKey<ComputedRef<FieldContext>> = Symbol('field')

export function provideField(context: ComputedRef<FieldContext>): void {
  provide(key, context)
}

/** The field around a control; null if there is none. */
export function useField(): ComputedRef<FieldContext> | null {
  return inject(key, null)
}

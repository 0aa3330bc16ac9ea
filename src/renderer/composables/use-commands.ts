import { computed, onScopeDispose, shallowReactive, type ComputedRef } from 'vue'

/** Something that can be done from the command palette. */
export interface Command {
  id: string
  title: string
  /** More words that it is found by. */
  keywords?: string
  /** As `useShortcuts` has it; shown beside the title. */
  shortcut?: string
  /** Default “Actions”. */
  group?: string
  run(): void
  enabled?: () => boolean
}

const sources = shallowReactive(new Set<() => readonly Command[]>())

/** Registers commands in the palette while this component is mounted. */
export function useCommands(commands: () => readonly Command[]): void {
  sources.add(commands)
  onScopeDispose(() => sources.delete(commands))
}

/** All available commands, those of the innermost component first. */
export function useAllCommands(): ComputedRef<readonly Command[]> {
  return computed(() =>
    [...sources]
      .toReversed()
      .flatMap((commands) => commands())
      .filter(({ enabled }) => enabled?.() ?? true),
  )
}

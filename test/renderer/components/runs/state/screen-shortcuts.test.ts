// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { useScreenShortcuts } from '../../../../../src/renderer/components/runs/state/screen-shortcuts.ts'
import { useAllCommands } from '../../../../../src/renderer/composables/use-commands.ts'

interface Named {
  name: string
}

const [first, second] = [{ name: 'first' }, { name: 'second' }]
const targets = ref<Named[]>([])
const focus = { focusQuery: vi.fn(), focusTable: vi.fn(), toggleDrawer: vi.fn() }
let screen: ReturnType<typeof fakeScreen>
let scope: EffectScope

function fakeScreen() {
  return {
    actions: {
      compare: vi.fn(),
      remove: vi.fn(),
      stop: vi.fn(),
      pauseOrResume: vi.fn(),
      can: (control: string, runs: Named[]) => control === 'pause' && runs.length > 0,
      pause: vi.fn(),
    },
    selection: { activeIndex: ref(3), activeRow: ref('row'), moveTo: vi.fn(), clear: vi.fn() },
    targets,
    tagging: ref<Named[] | null>(null),
    differing: ref<Named[] | null>(null),
    pin: vi.fn(),
  }
}

beforeEach(() => {
  vi.clearAllMocks()
  targets.value = [first]
  screen = fakeScreen()
  scope = effectScope()
  scope.run(() => useScreenShortcuts(screen as never, focus))
})
afterEach(() => scope.stop())

const press = (key: string) => window.dispatchEvent(new KeyboardEvent('keydown', { key }))
const commands = () => scope.run(() => useAllCommands().value)!

test('j goes to the row below and k to the one above, and the table is focused', () => {
  press('j')
  press('k')
  expect(screen.selection.moveTo.mock.calls).toEqual([[4], [2]])
  expect(focus.focusTable).toHaveBeenCalledTimes(2)
})

test('keys act on the runs that are meant', () => {
  for (const key of ['c', 'b', 'p', 's', 't', 'Delete']) press(key)
  expect(screen.actions.compare).toHaveBeenCalledWith([first])
  expect(screen.pin).toHaveBeenCalledWith('row')
  expect(screen.actions.pauseOrResume).toHaveBeenCalledWith([first])
  expect(screen.actions.stop).toHaveBeenCalledWith([first])
  expect(screen.actions.remove).toHaveBeenCalledWith([first])
  expect(screen.tagging.value).toEqual([first])
})

test('without a run nothing is compared, tagged or deleted', () => {
  targets.value = []
  for (const key of ['c', 't', 'Delete']) press(key)
  expect([screen.actions.compare, screen.actions.remove].flatMap(({ mock }) => mock.calls)).toEqual([])
  expect(screen.tagging.value).toBeNull()
  expect(commands().map(({ id }) => id)).toEqual(['runs query', 'runs drawer'])
})

test('/, d and Escape are about the screen', () => {
  for (const key of ['/', 'd', 'Escape']) press(key)
  expect([focus.focusQuery, focus.toggleDrawer, screen.selection.clear].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]) // prettier-ignore
})

test('the palette has what can be done with the runs, by their name or number', () => {
  const titled = () => new Map(commands().map((command) => [command.id, command]))
  expect([...titled().keys()]).toEqual(['runs compare', 'runs pin', 'runs pause', 'runs tag', 'runs delete', 'runs query', 'runs drawer']) // prettier-ignore
  expect(titled().get('runs compare')).toMatchObject({ title: 'Compare first', shortcut: 'c' })
  targets.value = [first, second]
  const several = titled()
  expect(several.get('runs delete')!.title).toBe('Delete 2 runs')
  several.get('runs diff')!.run()
  expect(screen.differing.value).toEqual([first, second])
  several.get('runs pause')!.run()
  expect(screen.actions.pause).toHaveBeenCalledWith([first, second])
})

// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Registered } from '../../../../src/contract/registered.ts'
import ExtensionsPanel from '../../../../src/renderer/components/settings/ExtensionsPanel.vue'
import { useOpenConfirmation } from '../../../../src/renderer/composables/use-confirm.ts'
import { useToastsStore } from '../../../../src/renderer/stores/toasts.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const { desktop } = vi.hoisted(() => ({ desktop: { shell: null as object | null } }))
vi.mock('../../../../src/renderer/api/shell.ts', () => ({
  get shell() {
    return desktop.shell
  },
}))
beforeEach(() => (desktop.shell = null))

const origin = { extension: 'mine', file: '/m/mine.ts', sha256: '41be07d2a9c3'.padEnd(64, '0') }
const extension = (changes: Partial<Registered['extensions'][number]>): Registered['extensions'][number] => ({
  ...{ file: origin.file, sha256: origin.sha256, trustedAt: 1, state: 'loaded', problem: null },
  ...{ methods: [{ kind: 'loss', name: 'next-exit' }], runs: 0, formerRuns: 0, copy: null },
  ...changes,
})
const methods: Registered['methods'] = [
  { kind: 'loss', name: 'distillation', origin: null },
  { kind: 'loss', name: 'next-exit', origin },
]

const words = (text: string) => text.replaceAll(/\s+/g, ' ')

async function shown(registered: Registered, system = {}) {
  provideFakeHost({ system: { extensions: async () => registered, ...system } })
  const panel = mount(ExtensionsPanel)
  await flushPromises()
  return panel
}

it('lists each file with its methods, state, hash and runs, and what follows from it', async () => {
  const panel = await shown({
    methods,
    extensions: [
      extension({ runs: 12, formerRuns: 3 }),
      extension({ file: '/m/changed.ts', sha256: 'a'.repeat(64), state: 'changed' }),
      extension({ file: '/m/bad.ts', sha256: 'b'.repeat(64), state: 'refused', problem: 'The name is taken.' }),
      extension({ file: '/m/gone.ts', sha256: 'c'.repeat(64), trustedAt: null, state: 'untrusted', copy: '/w/c.json' }),
    ],
  })
  const rows = panel.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => words(cell.text())))
  expect(rows[0]).toEqual([
    'mine.ts/m/',
    'loss between exits next-exit',
    'loadedtrusted 1 Jan 1970, 00:00',
    '41be07d2a9c3',
    '12 + 3 former',
    'Revoke…',
  ])
  expect(rows[1]![2]).toMatch(/^changedIts file has other content than you trusted\./)
  expect(rows.map((cells) => cells.at(-1))).toEqual([
    'Revoke…',
    'What changed…Revoke…',
    'Revoke…',
    'Locate…Use the copy…',
  ])
  expect(rows[2]![2]).toContain('The name is taken.')
})

it('lists all methods, those of extensions in bold', async () => {
  const panel = await shown({ methods, extensions: [] })
  expect(panel.text()).toContain('exitlab new loss my-loss')
  expect(words(panel.text())).toMatch(/loss between exits · 1 \+ 1 ?distillation, next-exit/)
  expect(panel.findAll('b').map((each) => each.text())).toEqual(['next-exit'])
})

it('revokes trust in a file only where that is confirmed', async () => {
  const revokeExtension = vi.fn(async (_: unknown) => ({ methods, extensions: [] }))
  const panel = await shown({ methods, extensions: [extension({ runs: 1 })] }, { revokeExtension })
  const press = async () => {
    await panel.get('[aria-label="Revoke the trust in mine.ts"]').trigger('click')
    return useOpenConfirmation().value!
  }
  const question = await press()
  expect(question.text).toContain('It stays loaded until Exitlab ends')
  expect(question.text).toContain('1 run of this workspace keeps the stored numbers.')
  question.answer(false)
  await flushPromises()
  expect(revokeExtension).not.toHaveBeenCalled()
  ;(await press()).answer(true)
  await flushPromises()
  expect(revokeExtension.mock.calls[0]![0]).toEqual({ file: origin.file })
  expect(panel.text()).toContain('None yet')
})

const pressed = async (button: string) => {
  const found = [...document.querySelectorAll<HTMLElement>('button, [role=menuitem]')].find((each) => each.textContent!.trim() === button) // prettier-ignore
  found!.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }))
  found!.click()
  await flushPromises()
}

it('writes a template of the chosen kind where its path says, and offers to add it', async () => {
  const writeTemplate = vi.fn(async (_: unknown) => ({ file: '/m/warmer.ts', test: '/m/warmer.test.ts' }))
  provideFakeHost({ system: { extensions: async () => ({ methods, extensions: [extension({})] }), writeTemplate } })
  const panel = mount(ExtensionsPanel, { attachTo: document.body })
  await flushPromises()
  await pressed('New from a template')
  await pressed('loss between exits')
  const input = panel.get('input')
  expect(input.element.value).toBe('/m/my-loss.ts')
  await input.setValue('/m/warmer.ts')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(writeTemplate.mock.calls[0]![0]).toEqual({ kind: 'loss', file: '/m/warmer.ts' })
  const [toast] = useToastsStore().shown
  expect(toast!.text).toContain('/m/warmer.ts and its test were written')
  toast!.action!.run()
  await flushPromises()
  expect(document.querySelector('[role=alertdialog]')!.textContent).toContain('Trust warmer.ts?')
  panel.unmount()
})

it('has keys: arrows go through the files, Enter says what changed or copies the path, Del revokes, R looks again', async () => {
  const extensions = vi.fn(async () => ({ methods, extensions: [extension({}), extension({ file: '/m/changed.ts', sha256: 'a'.repeat(64), state: 'changed' })] })) // prettier-ignore
  const writeText = vi.fn(async (_: string) => {})
  vi.stubGlobal('navigator', { ...navigator, platform: '', clipboard: { writeText } })
  provideFakeHost({ system: { extensions, extensionChange: async () => ({ now: 'b'.repeat(64), imports: [], files: [] }) } }) // prettier-ignore
  const panel = mount(ExtensionsPanel, { attachTo: document.body })
  await flushPromises()
  const press = async (key: string) => {
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await flushPromises()
  }
  panel.get<HTMLElement>('tbody tr').element.focus()
  await press('Enter')
  expect(writeText.mock.calls).toEqual([['/m/mine.ts']])
  await press('Delete')
  expect(useOpenConfirmation().value!.title).toBe('Revoke the trust in mine.ts?')
  useOpenConfirmation().value!.answer(false)
  await press('r')
  expect(extensions).toHaveBeenCalledTimes(2)
  panel.get<HTMLElement>('tbody tr').element.focus()
  await press('ArrowDown')
  await press('Enter')
  expect(document.querySelector('[role=alertdialog]')!.textContent).toContain('Trust the changed changed.ts?')
  panel.unmount()
  vi.unstubAllGlobals()
})

it('keeps the typed path of a template that could not be written', async () => {
  const writeTemplate = vi.fn().mockRejectedValue(new Error('The file is there already.'))
  const panel = await shown({ methods, extensions: [extension({})] }, { writeTemplate })
  const { items } = panel.getComponent({ name: 'UiMenu' }).props() as { items: { label: string; run(): void }[] }
  items[0]!.run()
  await flushPromises()
  await panel.get('form input').setValue('/m/taken.ts')
  await panel.get('form').trigger('submit')
  await flushPromises()
  expect(useToastsStore().shown.map(({ text }) => text)).toEqual([
    expect.stringContaining('The file is there already.'),
  ])
  expect((panel.get('form input').element as HTMLInputElement).value).toBe('/m/taken.ts')
})

it('in the desktop application asks for the folder of a template first, and for nothing where none is chosen', async () => {
  const chooseFolder = vi.fn<() => Promise<string | null>>().mockResolvedValueOnce(null).mockResolvedValueOnce('/chosen') // prettier-ignore
  desktop.shell = { chooseFolder, onHostState: () => {} }
  const panel = await shown({ methods, extensions: [extension({})] })
  const { items } = panel.getComponent({ name: 'UiMenu' }).props() as { items: { label: string; run(): void }[] }
  const writeLoss = items.find(({ label }) => label === 'loss between exits')!
  writeLoss.run()
  await flushPromises()
  expect(panel.find('form').exists()).toBe(false)
  writeLoss.run()
  await flushPromises()
  expect(panel.get<HTMLInputElement>('form input').element.value).toBe('/chosen/my-loss.ts')
})

it('in the desktop application shows a file in its folder', async () => {
  const showInFolder = vi.fn(async (_: string) => {})
  desktop.shell = { showInFolder, onHostState: () => {} }
  const panel = await shown({ methods, extensions: [extension({})] })
  await panel.get('tbody tr').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(showInFolder.mock.calls).toEqual([['/m/mine.ts']])
  expect(words(panel.text())).toContain('locate, or show the file')
})

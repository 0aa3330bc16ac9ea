// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Registered } from '../../../../src/contract/registered.ts'
import ExtensionsPanel from '../../../../src/renderer/components/settings/ExtensionsPanel.vue'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const [before, now] = ['a'.repeat(64), 'b'.repeat(64)]
const listed = (state: 'changed' | 'missing' | 'not-loaded', sha256: string): Registered => ({
  methods: [],
  extensions: [
    { file: '/m/loss.ts', sha256, trustedAt: 1, state, problem: null, methods: [], runs: 0, formerRuns: 0, copy: null },
  ],
})
const change = {
  now,
  imports: ['node:fs'],
  files: [
    {
      path: 'loss.ts',
      lines: [
        { kind: 'removed' as const, text: 'scale(1 / t)' },
        { kind: 'added' as const, text: 'scale(t * t)' },
      ],
    },
  ],
}

/** The dialog that a button of the list leads to, where a file is asked for with this path typed. */
async function opened(
  trustExtension = vi.fn(async (_: unknown) => listed('not-loaded', now)),
  { state = 'changed' as 'changed' | 'missing', button = 'What changed in loss.ts', path = '' } = {},
) {
  const extensionChange = vi.fn(async (_: unknown) => change)
  const host = { extensions: async () => listed(state, before), extensionChange, trustExtension }
  provideFakeHost({ system: host })
  const panel = mount(ExtensionsPanel, { attachTo: document.body })
  onTestFinished(() => panel.unmount())
  await flushPromises()
  await panel
    .findAll('button')
    .find((each) => (each.attributes('aria-label') ?? each.text()) === button)!
    .trigger('click')
  await flushPromises()
  if (path !== '') {
    await panel.get('input').setValue(path)
    await panel.get('form').trigger('submit')
    await flushPromises()
  }
  const dialog = document.querySelector<HTMLElement>('[role=alertdialog]')!
  const press = async (text: string) => {
    ;[...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)!.click()
    await flushPromises()
  }
  return { panel, dialog, press, trustExtension, extensionChange }
}

test('a changed extension shows its lines, hashes and modules before it is trusted again', async () => {
  const { dialog, trustExtension } = await opened()
  const text = dialog.textContent!.replaceAll(/\s+/g, ' ')
  for (const part of ['Trust the changed loss.ts?', before, now, 'exitlab/extension, node:fs', '− scale(1 / t)'])
    expect(text).toContain(part)
  expect(text).toContain('+ scale(t * t)')
  expect(text).toContain('1 line added, 1 line removed')
  expect(trustExtension).not.toHaveBeenCalled()
})

test('what was shown is trusted, and the list says that a restart loads it', async () => {
  const { panel, press, trustExtension } = await opened()
  await press('Trust this version')
  expect(trustExtension.mock.calls[0]![0]).toEqual({ file: '/m/loss.ts', former: before, now })
  expect(panel.text()).toContain('not loaded')
  expect(panel.text()).toContain('restart it')
  expect(panel.find('[aria-label="What changed in loss.ts"]').exists()).toBe(false)
})

test('nothing is trusted by closing the dialog', async () => {
  const { panel, press, trustExtension } = await opened()
  await press('Not now')
  expect(trustExtension).not.toHaveBeenCalled()
  expect(panel.text()).toContain('changed')
})

test('a refusal is shown', async () => {
  const refused = vi.fn(async () => Promise.reject(new ExitlabError('conflict', 'It has changed again.')))
  const { dialog, press } = await opened(refused)
  await press('Trust this version')
  expect(dialog.querySelector('[role=alert]')!.textContent).toBe('It has changed again.')
})

test('a file of a typed path is read and shown before it is trusted', async () => {
  const { dialog, press, trustExtension, extensionChange } = await opened(undefined, {
    button: 'Add a file…',
    path: ' /m/new.ts ',
  })
  expect(extensionChange.mock.calls[0]![0]).toEqual({ file: '/m/new.ts', former: null })
  const text = dialog.textContent!.replaceAll(/\s+/g, ' ')
  expect(text).toContain('Trust new.ts?')
  expect(text).toContain('a program with your rights')
  expect(text).not.toContain('sha256 before')
  await press('Trust this version')
  expect(trustExtension.mock.calls[0]![0]).toEqual({ file: '/m/new.ts', former: null, now })
})

test('a file that has moved is compared with the content that was trusted', async () => {
  const { dialog, extensionChange } = await opened(undefined, {
    ...{ state: 'missing', button: 'Locate loss.ts', path: '/elsewhere/loss.ts' },
  })
  expect(extensionChange.mock.calls[0]![0]).toEqual({ file: '/elsewhere/loss.ts', former: before })
  expect(dialog.textContent).toContain('Trust loss.ts?')
  expect(dialog.textContent).toContain('sha256 before')
})

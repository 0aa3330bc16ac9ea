// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Registered } from '../../../../src/contract/registered.ts'
import ExtensionsPanel from '../../../../src/renderer/components/settings/ExtensionsPanel.vue'
import { ExitlabError } from '../../../../src/shared/error.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const [before, now] = ['a'.repeat(64), 'b'.repeat(64)]
const listed = (state: 'changed' | 'not-loaded', sha256: string): Registered => ({
  methods: [],
  extensions: [{ file: '/m/loss.ts', sha256, trustedAt: 1, name: null, state, problem: null }],
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

/** The dialog of a changed file. */
async function opened(trustExtension = vi.fn(async (_: unknown) => listed('not-loaded', now))) {
  const host = {
    extensions: async () => listed('changed', before),
    extensionChange: async () => change,
    trustExtension,
  }
  provideFakeHost({ system: host })
  const panel = mount(ExtensionsPanel, { attachTo: document.body })
  onTestFinished(() => panel.unmount())
  await flushPromises()
  await panel.get('button').trigger('click')
  await flushPromises()
  const dialog = document.querySelector<HTMLElement>('[role=alertdialog]')!
  const press = async (text: string) => {
    ;[...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)!.click()
    await flushPromises()
  }
  return { panel, dialog, press, trustExtension }
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
  expect(trustExtension.mock.calls[0]![0]).toEqual({ sha256: before, now })
  expect(panel.text()).toContain('not loaded')
  expect(panel.text()).toContain('restart it')
  expect(panel.findAll('button')).toEqual([])
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

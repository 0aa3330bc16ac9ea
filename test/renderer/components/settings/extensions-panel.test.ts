// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import type { Registered } from '../../../../src/contract/registered.ts'
import ExtensionsPanel from '../../../../src/renderer/components/settings/ExtensionsPanel.vue'
import { useOpenQuestion } from '../../../../src/renderer/composables/use-confirm.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

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
    return useOpenQuestion().value!
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

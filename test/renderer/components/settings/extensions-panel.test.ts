// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { Registered } from '../../../../src/contract/registered.ts'
import ExtensionsPanel from '../../../../src/renderer/components/settings/ExtensionsPanel.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

const origin = { extension: 'mine', file: '/m/mine.ts', sha256: '41be07d2a9c3'.padEnd(64, '0') }
const extension = (changes: Partial<Registered['extensions'][number]>): Registered['extensions'][number] => ({
  ...{ file: origin.file, sha256: origin.sha256, trustedAt: 1, name: 'mine', state: 'loaded', problem: null },
  ...changes,
})
const methods: Registered['methods'] = [
  { kind: 'loss', name: 'distillation', origin: null },
  { kind: 'loss', name: 'next-exit', origin },
]

async function shown(registered: Registered) {
  provideFakeHost({ system: { extensions: async () => registered } })
  const panel = mount(ExtensionsPanel)
  await flushPromises()
  return panel
}

it('lists each trusted file with its state, hash and methods, and what follows from it', async () => {
  const panel = await shown({
    methods,
    extensions: [
      extension({}),
      extension({ file: '/m/changed.ts', sha256: 'a'.repeat(64), name: null, state: 'changed' }),
      extension({
        file: '/m/bad.ts',
        sha256: 'b'.repeat(64),
        name: null,
        state: 'refused',
        problem: 'The name is taken.',
      }),
    ],
  })
  const [loaded, changed, refused] = panel.findAll('li').map((row) => row.text().replaceAll(/\s+/g, ' '))
  expect(loaded).toBe('loaded/m/mine.ts41be07d2a9c3loss between exits next-exit')
  expect(changed).toMatch(/^changed\/m\/changed\.tsa{12}Its file has other content than you trusted\./)
  expect(refused).toContain('The name is taken.')
})

it('lists all methods, those of extensions in bold, and offers nothing to press', async () => {
  const panel = await shown({ methods, extensions: [] })
  expect(panel.text()).toContain('exitlab serve --extension methods.ts')
  expect(panel.text().replaceAll(/\s+/g, ' ')).toMatch(/loss between exits · 1 \+ 1 ?distillation, next-exit/)
  expect(panel.findAll('b').map((each) => each.text())).toEqual(['next-exit'])
  expect(panel.findAll('button, input')).toEqual([])
})

// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { DataFolder } from '../../../../src/contract/system.ts'
import DataEntry from '../../../../src/renderer/components/settings/DataEntry.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

test('a typed folder stays in its field until it holds', async () => {
  provideFakeHost()
  const data = { source: 'mnist', title: 'MNIST', folder: '/cache/mnist', origin: 'default', found: true } as DataFolder
  const entry = mount(DataEntry, { props: { data, busy: false } })
  await entry.get('[aria-label="Folder… of MNIST"]').trigger('click')
  await entry.get('input').setValue('/data/mnist')
  await entry.get('form').trigger('submit')
  expect(entry.emitted('choose')).toEqual([['/data/mnist']])
  expect(entry.get('input').element.value).toBe('/data/mnist')
  await entry.setProps({ data: { ...data, folder: '/data/mnist', origin: 'settings' } })
  expect(entry.find('input').exists()).toBe(false)
})

test('what a check found in another folder is not said of this one', async () => {
  const found = Promise.withResolvers<never>()
  provideFakeHost({ system: { checkData: () => found.promise } })
  const data = { source: 'mnist', title: 'MNIST', folder: '/a', origin: 'settings', found: true } as DataFolder
  const entry = mount(DataEntry, { props: { data, busy: false } })
  await entry.get('[aria-label="Check MNIST"]').trigger('click')
  await entry.setProps({ data: { ...data, folder: '/b' } })
  found.resolve({ counts: { train: 1, validation: 1, test: 1 }, classes: 2, shape: null, fingerprint: 'f' } as never)
  await flushPromises()
  expect(entry.text()).not.toContain('training')
})

test('a field that is closed by a key gives the focus back to its button', async () => {
  provideFakeHost()
  const data = { source: 'mnist', title: 'MNIST', folder: '/a', origin: 'default', found: true } as DataFolder
  const entry = mount(DataEntry, { props: { data, busy: false }, attachTo: document.body })
  const button = entry.get<HTMLElement>('[aria-label="Folder… of MNIST"]')
  button.element.focus()
  await button.trigger('click')
  expect(document.activeElement).toBe(entry.get('input').element)
  await entry.get('form').trigger('keydown', { key: 'Escape' })
  await flushPromises()
  expect(document.activeElement).toBe(button.element)
  entry.unmount()
})

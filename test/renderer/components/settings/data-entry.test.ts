// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
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

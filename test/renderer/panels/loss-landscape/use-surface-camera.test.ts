// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSurfaceCamera } from '../../../../src/renderer/panels/loss-landscape/use-surface-camera.ts'
import type { ChosenCamera } from '../../../../src/renderer/panels/loss-landscape/use-surface-camera.ts'

async function cameraAt(address: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  await router.push(address)
  let camera!: ChosenCamera
  const setup = () => {
    camera = useSurfaceCamera()
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  return camera
}

test('a camera turns and lifts from where it stands, round a full circle', async () => {
  const { camera, turn } = await cameraAt('/?camera=160,30,1.5')
  turn({ azimuth: 30, elevation: -10 })
  expect(camera.value).toEqual({ azimuth: -170, elevation: 20, zoom: 1.5 })
})

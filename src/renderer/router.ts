import { createRouter, createWebHashHistory } from 'vue-router'
import type { Router, RouteRecordRaw } from 'vue-router'

/** `title` names the screen in the window's title and in the breadcrumb. */
declare module 'vue-router' {
  interface RouteMeta {
    title?: string
  }
}

export const routes: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/runs' },
  { path: '/runs', name: 'runs', component: () => import('./views/RunsView.vue'), meta: { title: 'Runs' } },
  {
    path: '/runs/:run',
    name: 'run',
    component: () => import('./views/RunView.vue'),
    props: true,
    meta: { title: 'Run' },
  },
  {
    path: '/new',
    name: 'new',
    component: () => import('./views/NewExperimentView.vue'),
    meta: { title: 'New experiment' },
  },
  { path: '/compare', name: 'compare', component: () => import('./views/CompareView.vue'), meta: { title: 'Compare' } },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./views/SettingsView.vue'),
    meta: { title: 'Settings' },
  },
  { path: '/:unknown(.*)', redirect: '/runs' },
]

/** Places are kept behind the `#`, so that they work under `app://` and behind a server alike. */
export function createWindowRouter(): Router {
  const router = createRouter({ history: createWebHashHistory(), routes })
  // What a double click has selected would grow over the whole of the next screen.
  router.afterEach((to, from) => {
    if (to.name !== from.name) getSelection()?.removeAllRanges()
  })
  return router
}

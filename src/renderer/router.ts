import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router'
import type { AnalysisScreen } from './composables/analyses/analysis-screens.ts'

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
    props: ({ params }) => ({ reference: params.run }),
    meta: { title: 'Run' },
  },
  {
    path: '/new',
    name: 'new',
    component: () => import('./views/NewExperimentView.vue'),
    meta: { title: 'New experiment' },
  },
  {
    path: '/searches',
    name: 'searches',
    component: () => import('./views/SearchesView.vue'),
    meta: { title: 'Searches' },
  },
  {
    path: '/searches/:id',
    name: 'search',
    component: () => import('./views/SearchView.vue'),
    props: true,
    meta: { title: 'Search' },
  },
  { path: '/compare', name: 'compare', component: () => import('./views/CompareView.vue'), meta: { title: 'Compare' } },
  {
    path: '/analyses/:kind',
    name: 'analysis',
    component: () => import('./views/OtherAnalysisView.vue'),
    props: true,
    meta: { title: 'Analysis' },
  },
  { path: '/paper', name: 'paper', component: () => import('./views/PaperView.vue'), meta: { title: 'Paper' } },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./views/SettingsView.vue'),
    meta: { title: 'Settings' },
  },
  { path: '/:unknown(.*)', redirect: '/runs' },
]

/** Routes are after the `#`, so that they work with `app://` and a server alike. */
export function createWindowRouter(analyses: readonly AnalysisScreen[]): Router {
  const ofAnalyses = analyses.map(({ name, title, component }) => ({
    path: `/${name}`,
    name,
    component,
    meta: { title },
  }))
  const router = createRouter({ history: createWebHashHistory(), routes: [...ofAnalyses, ...routes] })
  router.afterEach((to, from) => {
    if (to.name !== from.name) addEventListener('mousedown', ignoreRepeat, { capture: true, once: true })
  })
  return router
}

/** The second press of a double click that has opened a screen would select all that is on it. */
function ignoreRepeat(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault()
}

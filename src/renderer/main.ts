import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { openHost, provideHost } from './api/host.ts'
import App from './App.vue'
import { provideAnalysisScreens } from './composables/analyses/analysis-screens.ts'
import { renewStalePage } from './renew-stale-page.ts'
import { createWindowRouter } from './router.ts'
import { analysisScreens } from './screens/index.ts'
import 'virtual:colours.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/data-table.css'
import './styles/controls.css'
import './styles/run-table.css'
import './styles/utilities.css'

const router = createWindowRouter(analysisScreens)
const app = createApp(App).use(createPinia()).use(router)
provideHost(app, openHost())
provideAnalysisScreens(app, analysisScreens)
renewStalePage(router)
app.mount('#app')

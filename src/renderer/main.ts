import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { renewStalePage } from './renew-stale-page.ts'
import { createWindowRouter } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/data-table.css'

const router = createWindowRouter()
const app = createApp(App).use(createPinia()).use(router)
renewStalePage(router)
app.mount('#app')

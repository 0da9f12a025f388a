// Starts the window: settings and runs first, so that nothing is drawn twice.

import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { z } from 'zod'
import App from './App.vue'
import { warmUpCharts } from './charts/warm-up'
import { useApplication } from './stores/application'
import { useComparison } from './stores/comparison'
import { useNotices } from './stores/notices'
import { useRuns } from './stores/runs'
import { useSettings } from './stores/settings'
import './styles/main.css'

// The content security policy forbids generated code, which zod would use for speed.
z.config({ jitless: true })

const app = createApp(App)
app.use(createPinia())
const notices = useNotices()
app.config.errorHandler = (thrown) => notices.fail(thrown)

try {
  await Promise.all([useSettings().load(), useApplication().load(), useRuns().load()])
  // Runs and Compare have one selection, which is as it was left.
  useComparison().restoreRuns()
} catch (thrown) {
  notices.fail(thrown)
}
app.mount('#app')
warmUpCharts()

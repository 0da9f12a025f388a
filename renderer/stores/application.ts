// What main told about itself: version, runtime, kernel, database.

import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { AppInfo } from '../../electron/contract'
import { call, on } from '../client'
import { useNotices } from './notices'

export const useApplication = defineStore('application', () => {
  const info = shallowRef<AppInfo | null>(null)
  const notices = useNotices()

  on('app.database', ({ path, bytes, readOnly }) => {
    if (info.value) {
      info.value = { ...info.value, database: { ...info.value.database, path, bytes }, readOnly }
    }
  })
  on('app.notice', ({ level, message, hint }) => notices.show(level, message, { hint }))

  async function load(): Promise<void> {
    info.value = await call('app.info')
  }
  return { info, load }
})

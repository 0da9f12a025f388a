// Which of the two lists of commands is open over the window.

import { shallowRef } from 'vue'

export const overlay = shallowRef<'palette' | 'shortcuts' | null>(null)

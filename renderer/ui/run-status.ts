// A run status as people read it: word, icon and colour. The icon never stands without its word.

import { Check, CircleAlert, CircleDashed, CircleX, Pause, Square } from '@lucide/vue'
import type { Component } from 'vue'
import type { RunStatus } from '../../electron/contract'

export interface StatusLook {
  word: string
  /** Null: the ring of a run in training, which StatusBadge draws itself. */
  icon: Component | null
  iconColor: string
  textColor: string
}

export const STATUS_LOOKS: Readonly<Record<RunStatus, StatusLook>> = {
  running: { word: 'Training', icon: null, iconColor: 'text-accent', textColor: 'text-ink2' },
  queued: { word: 'Queued', icon: CircleDashed, iconColor: 'text-ink3', textColor: 'text-ink3' },
  paused: { word: 'Paused', icon: Pause, iconColor: 'text-warn', textColor: 'text-ink2' },
  finished: { word: 'Finished', icon: Check, iconColor: 'text-ok', textColor: 'text-ink2' },
  stopped: { word: 'Stopped', icon: Square, iconColor: 'text-ink3', textColor: 'text-ink2' },
  diverged: { word: 'Diverged', icon: CircleAlert, iconColor: 'text-bad', textColor: 'text-bad' },
  failed: { word: 'Failed', icon: CircleX, iconColor: 'text-bad', textColor: 'text-bad' },
  interrupted: { word: 'Interrupted', icon: CircleAlert, iconColor: 'text-warn', textColor: 'text-ink2' },
}

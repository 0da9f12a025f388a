// Leads to what is wrong with the design, one problem after the other.

import { computed, nextTick, ref } from 'vue'
import { useDesign } from '../../../stores/design'
import { rightTab } from '../document/useSourceDocument'
import { labelOfPath } from '../model/labels'
import { focusField } from './focus-field'

export function useProblemTour() {
  const design = useDesign()
  const position = ref(0)
  let hasBegun = false

  const current = computed(() => design.problems[Math.min(position.value, design.problems.length - 1)])
  /** "2 problems: layer 4, units"; null where nothing is wrong. */
  const summary = computed(() => {
    const count = design.problems.length
    if (current.value === undefined) return null
    const { path, message } = current.value
    const where = path === '' ? message : labelOfPath(path, ', ')
    return `${count} ${count === 1 ? 'problem' : 'problems'}: ${where}`
  })

  /** Puts the focus on the field of the problem; each further time on that of the next one. */
  async function show(): Promise<void> {
    const count = design.problems.length
    if (count === 0) return
    position.value = hasBegun ? (position.value + 1) % count : 0
    hasBegun = count > 1
    const { path } = current.value
    const layer = /^network\.layers\[(\d+)\]/.exec(path)
    if (layer !== null) design.selectLayer(Number(layer[1]))
    else if (/^(loss|optimizer|training)\b/.test(path)) rightTab.value = 'training'
    await nextTick()
    await focusField(path)
  }
  return { current, summary, show }
}

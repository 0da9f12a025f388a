// descent presets: designs to start from.

import { PRESETS, presetSpec } from '../../../engine/presets'
import { jsonText } from '../json'
import { say } from '../terminal'
import { textTable } from '../text-table'

export function presets({ json }: { json?: boolean }): void {
  if (json) {
    say(jsonText(PRESETS.map((preset) => ({ ...preset, spec: presetSpec(preset) }))))
    return
  }
  const rows = PRESETS.map(({ id, architecture, spec, question }) => [
    id,
    spec.dataset.id,
    architecture,
    question,
  ])
  textTable(
    [{ title: 'id' }, { title: 'data set' }, { title: 'network' }, { title: 'question' }],
    rows,
  ).forEach(say)
}

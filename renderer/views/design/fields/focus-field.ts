// Every control that edits a setting has an id made of the setting's path, so that a problem can lead to it.

import { nextTick } from 'vue'

export function fieldId(path: string): string {
  return `setting:${path}`
}

function isShown(element: Element | null): element is HTMLElement {
  return element instanceof HTMLElement && element.offsetParent !== null
}

/** The control of a path: its own, else one of a setting inside it, else that of what is around it. */
function controlOf(path: string): HTMLElement | null {
  let here = path
  for (;;) {
    const own = document.getElementById(fieldId(here))
    if (isShown(own)) return own
    const start = CSS.escape(fieldId(here))
    const inside = document.querySelectorAll(`[id^="${start}."],[id^="${start}\\["]`)
    for (const element of inside) if (isShown(element)) return element
    const around = here.replace(/(\.?[^.[\]]+|\[\d+\])$/, '')
    if (around === here || around === '') return null
    here = around
  }
}

/** Waits for what an edit or an opened section still has to draw. Answers whether a control was found. */
export async function focusField(path: string): Promise<boolean> {
  await nextTick()
  await nextTick()
  const control = controlOf(path)
  control?.focus()
  control?.scrollIntoView({ block: 'nearest' })
  if (control instanceof HTMLInputElement) control.select()
  return control !== null
}

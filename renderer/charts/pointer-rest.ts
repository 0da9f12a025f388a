// Whether the newest move of the pointer was one. When the layout changes under a pointer at rest the browser reports
// a move all the same; nobody pointed then. Watched from the start of the page: the pointer may rest from before a
// view was opened.

let screenX = NaN
let screenY = NaN
let isMoved = false

function watch(event: PointerEvent): void {
  isMoved = event.screenX !== screenX || event.screenY !== screenY
  ;({ screenX, screenY } = event)
}
for (const kind of ['pointermove', 'pointerdown', 'pointerup'] as const) {
  window.addEventListener(kind, watch, { capture: true, passive: true })
}

/** Of the event that is being handled: whether the pointer is elsewhere than at the one before. */
export function isPointerMoved(): boolean {
  return isMoved
}

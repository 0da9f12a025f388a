// One step under the microscope: which step and example, the trace of it, and the cell and parameter that are looked
// at. What is asked last counts; a step that is far away is trained up to in the analysis process, with progress.

import { computed, onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue'
import type { AnalysisProgress, AnalysisSubject } from '../../../electron/contract'
import { DescentError } from '../../../engine/errors'
import type {
  CellTrace,
  ExamplePlace,
  ParameterKind,
  ParameterTrace,
  Trace,
} from '../../../engine/microscope/types'
import { call, on } from '../../client'
import { useNotices } from '../../stores/notices'
import { firstCell } from './cell-choice'
import { INPUT } from './layer-names'
import type { CellPlace } from './network-layout'

export interface MicroscopePlace extends ExamplePlace {
  step: number
}
export type ParameterChoice = Pick<ParameterTrace, 'kind' | 'index'>

/** Everything of one moment, so that no two steps are ever mixed on screen. */
export interface Sight {
  trace: Trace
  selected: CellPlace
  /** Null for an input. */
  cell: CellTrace | null
  parameter: ParameterTrace | null
}

/** Where each subject was looked at last, for as long as the window lives. */
const remembered = new Map<string, MicroscopePlace>()
const START: MicroscopePlace = { step: 0, part: 'training', example: 0 }
/** A wait that is shorter shows no progress. */
const QUIET_MS = 300

let questions = 0

/** @param key names the subject; another key is another subject, from its start or where it was left */
export function useMicroscope(key: Ref<string>, subject: () => AnalysisSubject) {
  const notices = useNotices()
  const place = ref<MicroscopePlace>(remembered.get(key.value) ?? START)
  const sight = shallowRef<Sight | null>(null)
  const progress = shallowRef<AnalysisProgress | null>(null)
  const failure = shallowRef<{ message: string; hint: string } | null>(null)
  const token = ref<string | null>(null)
  const isSlow = ref(false)
  const isOpening = computed(() => token.value !== null)
  /** Of the trace on screen, in questions about its cells. */
  let id = 0
  let turn = 0
  /** The parameter that a person chose to follow through steps and examples; null: the strongest of each. */
  let followed: ParameterChoice | null = null

  onBeforeUnmount(
    on('analysis.progress', (told) => {
      if (told.token === token.value) progress.value = told
    }),
  )
  onBeforeUnmount(cancel)

  /** Moves to another step or example. What cannot be had leaves the last sight, and says why. */
  async function open(change: Partial<MicroscopePlace> = {}): Promise<void> {
    cancel()
    const own = ++turn
    const wanted = { ...place.value, ...change }
    const before = sight.value === null ? null : placeOnScreen(sight.value.trace)
    place.value = wanted
    failure.value = null
    try {
      const next = await lookAt(wanted, own)
      if (own !== turn || next === null) return
      sight.value = next
      // A run may have ended before the step that was asked for.
      place.value = placeOnScreen(next.trace)
      remembered.set(key.value, place.value)
    } catch (thrown) {
      if (own !== turn) return
      if (!(thrown instanceof DescentError)) throw thrown
      if (thrown.code !== 'canceled') failure.value = thrown
      if (before !== null) place.value = before
    }
  }

  /** As ask(), and once more where another one came between the trace and its cell. */
  async function lookAt(wanted: MicroscopePlace, own: number): Promise<Sight | null> {
    try {
      return await ask(wanted, own)
    } catch (thrown) {
      if (own !== turn || !isConflict(thrown)) throw thrown
      return ask(wanted, own)
    }
  }

  /** The trace of a place, with the cell and parameter that are selected now. Null when it is wanted no longer. */
  async function ask({ step, part, example }: MicroscopePlace, own: number): Promise<Sight | null> {
    const asked = `microscope-${Date.now()}-${++questions}`
    token.value = asked
    progress.value = null
    const slowTimer = setTimeout(() => (isSlow.value = true), QUIET_MS)
    try {
      const input = { token: asked, subject: subject(), step, place: { part, example } }
      const { id: opened, trace } = await call('analysis.openMicroscope', input)
      if (own !== turn) return null
      id = opened
      const selected = clampSelection(trace, sight.value?.selected ?? firstCell(trace))
      return await detailed(trace, selected, followed)
    } finally {
      clearTimeout(slowTimer)
      if (token.value === asked) {
        token.value = null
        isSlow.value = false
      }
    }
  }

  async function detailed(trace: Trace, selected: CellPlace, wanted: ParameterChoice | null): Promise<Sight> {
    if (selected.layer === INPUT) return { trace, selected, cell: null, parameter: null }
    const cell = await call('analysis.traceCell', { id, layer: selected.layer, cell: selected.cell })
    const chosen = wanted ?? defaultParameter(trace, cell)
    const parameter = chosen === null ? null : await traceParameter(selected.layer, chosen.kind, chosen.index)
    return { trace, selected, cell, parameter }
  }

  function traceParameter(layer: number, kind: ParameterKind, index: number): Promise<ParameterTrace> {
    return call('analysis.traceParameter', { id, layer, kind, index })
  }

  async function select(selected: CellPlace, wanted: ParameterChoice | null = null): Promise<void> {
    const now = sight.value
    if (now === null) return
    const own = turn
    followed = wanted
    try {
      const next = await detailed(now.trace, selected, wanted)
      // Another step may have come meanwhile, or another cell.
      if (own === turn && sight.value?.trace === now.trace) sight.value = next
    } catch (thrown) {
      if (own === turn && isConflict(thrown)) {
        // Its process forgot it, after a long pause or because of another window: open it again.
        sight.value = { ...now, selected, cell: null, parameter: null }
        await open()
      } else notices.fail(thrown)
    }
  }

  function choose(parameter: ParameterChoice): Promise<void> {
    const now = sight.value
    return now === null ? Promise.resolve() : select(now.selected, parameter)
  }

  function cancel(): void {
    if (token.value === null) return
    call('analysis.cancel', { token: token.value }).catch(notices.fail)
  }

  function dismiss(): void {
    failure.value = null
  }

  watch(
    key,
    () => {
      sight.value = null
      followed = null
      place.value = remembered.get(key.value) ?? START
      void open()
    },
    { immediate: true },
  )

  return { place, sight, progress, failure, isOpening, isSlow, open, select, choose, cancel, dismiss }
}
export type MicroscopeState = ReturnType<typeof useMicroscope>

/** The analysis process has another step under its microscope, or was started anew. */
function isConflict(thrown: unknown): boolean {
  return thrown instanceof DescentError && thrown.code === 'conflict'
}

function placeOnScreen({ place, example }: Trace): MicroscopePlace {
  return { step: place.step, part: example.part, example: example.example }
}

function clampSelection(trace: Trace, { layer, cell }: CellPlace): CellPlace {
  const at = Math.min(layer, trace.layers.length - 1)
  const count = at === INPUT ? trace.example.inputs.length : trace.layers[at].outputs
  return { layer: at, cell: Math.min(cell, count - 1) }
}

/** The strongest weight of the cell, else its bias. */
function defaultParameter({ layers }: Trace, { layer, cell, forward }: CellTrace): ParameterChoice | null {
  const [strongest] = forward?.terms.strongest ?? []
  if (strongest !== undefined) return { kind: 'weight', index: strongest.weight }
  return layers[layer].biases > 0 ? { kind: 'bias', index: cell } : null
}

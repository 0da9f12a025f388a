// The design being edited: a draft that may be invalid while someone types, with undo, its problems and what
// follows from it (shapes, parameters, memory). Everything is computed here in the window, at once after an edit.

import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Problem } from '../../engine/errors'
import { checkDesign } from '../views/design/model/check'
import {
  insertLayer,
  layersOf,
  moveLayer,
  removeLayer,
  stateOf,
  withDraft,
  type DesignState,
  type Origin,
} from '../views/design/model/draft'
import { editsSince } from '../views/design/model/edits'
import * as history from '../views/design/model/history'
import { getIn, isObject, isSame, setIn, type Json, type JsonObject } from '../views/design/model/json-path'
import { changeDataset, changeKind } from '../views/design/model/kinds'
import { concerns } from '../views/design/model/problem-text'
import { readSaved, rememberDraft, writeSaved, type SavedDraft } from '../views/design/model/saved-drafts'
import { useApplication } from './application'
import { useDatasets } from './datasets'
import { useNavigation } from './navigation'
import { useNotices } from './notices'
import { useRuns } from './runs'
import { seedObstacle, useSeedRuns } from './seed-runs'
import { useSettings } from './settings'

const SAVE_DELAY_MS = 400
const SAVE_AT_LEAST_EVERY_MS = 2000

export const useDesign = defineStore('design', () => {
  const settings = useSettings()
  const datasets = useDatasets()
  const navigation = useNavigation()
  const notices = useNotices()
  const application = useApplication()
  const runs = useRuns()
  const seedRuns = useSeedRuns()

  const saved = readSaved(settings.values.draft)
  const timeline = shallowRef(
    history.startHistory<DesignState | null>(
      saved.current === null ? null : stateOf(saved.current.draft, saved.current.origin, saved.current.base),
    ),
  )
  const editedAt = ref(saved.current?.editedAt ?? 0)
  /** Designs that others have taken the place of, newest first. */
  const earlier = shallowRef<readonly SavedDraft[]>(saved.earlier)
  const selectedKey = ref<number | null>(null)
  const isStarting = ref(false)

  const state = computed(() => timeline.value.present)
  const draft = computed<JsonObject>(() => state.value?.draft ?? {})
  const layers = computed(() => layersOf(draft.value))
  const layerKeys = computed(() => state.value?.layerKeys ?? [])
  const edits = computed(() => (state.value ? editsSince(state.value.base, state.value.draft) : []))
  /** Size of the training part; the preview tells it, null before. */
  const trainingExamples = ref<number | null>(null)
  const checked = computed(() => checkDesign(draft.value, datasets.byHash, trainingExamples.value))
  /** What the data itself has against the design, found when it was prepared for the preview. */
  const dataProblems = shallowRef<readonly Problem[]>([])
  const problems = computed<readonly Problem[]>(() =>
    state.value ? [...checked.value.problems, ...dataProblems.value] : [],
  )
  const warnings = computed<readonly Problem[]>(() => (state.value ? checked.value.warnings : []))
  const selectedIndex = computed<number | null>(() => {
    const index = selectedKey.value === null ? -1 : layerKeys.value.indexOf(selectedKey.value)
    return index === -1 ? null : index
  })
  const canUndo = computed(() => timeline.value.past.length > 0)
  const canRedo = computed(() => timeline.value.future.length > 0)

  /** Why Run can not be used although the design is valid; null when it can. */
  const obstacle = computed(() => {
    const reason = application.info?.readOnly ?? null
    return reason === null ? null : `The database can not be written: ${reason}`
  })
  const canRun = computed(
    () => checked.value.spec !== null && problems.value.length === 0 && obstacle.value === null,
  )

  // ---- edits ----------------------------------------------------------------------------------------

  const save = useDebounceFn(
    () => {
      const current = state.value && { ...state.value, editedAt: editedAt.value }
      settings.change({ draft: writeSaved({ current, earlier: earlier.value }) }).catch(notices.fail)
    },
    SAVE_DELAY_MS,
    { maxWait: SAVE_AT_LEAST_EVERY_MS },
  )

  function commit(next: DesignState, key: string | null = null): void {
    const present = state.value
    if (present !== null && isSame(present.draft, next.draft) && present.base === next.base) return
    timeline.value = history.record(timeline.value, next, key)
    editedAt.value = Date.now()
    void save()
  }
  function value(path: string): Json | undefined {
    return getIn(draft.value, path)
  }
  /** With a key, edits in a row with the same key make one step of undo; closeStep ends it. */
  function set(path: string, next: Json, key: string | null = null): void {
    if (state.value) commit({ ...state.value, draft: setIn(draft.value, path, next) as JsonObject }, key)
  }
  /** Several places as one step. */
  function setAll(changes: readonly (readonly [path: string, next: Json])[]): void {
    if (!state.value) return
    const next = changes.reduce<Json>((whole, [path, part]) => setIn(whole, path, part), draft.value)
    commit({ ...state.value, draft: next as JsonObject })
  }
  function closeStep(): void {
    timeline.value = history.close(timeline.value)
  }
  /** Chooses among kinds; settings that both kinds have are kept. */
  function setKind(path: string, kind: string): void {
    if (state.value) commit({ ...state.value, draft: changeKind(draft.value, path, kind) })
  }
  function setDataset(id: string, hash: string | null = null): void {
    if (!state.value) return
    const imported = hash === null ? undefined : datasets.byHash(hash)
    commit({ ...state.value, draft: changeDataset(draft.value, id, imported) })
  }
  function replaceDraft(next: JsonObject): void {
    if (state.value) commit(withDraft(state.value, next))
  }
  function undo(): void {
    timeline.value = history.undo(timeline.value)
    void save()
  }
  function redo(): void {
    timeline.value = history.redo(timeline.value)
    void save()
  }

  // ---- layers ---------------------------------------------------------------------------------------

  function selectLayer(index: number | null): void {
    selectedKey.value = index === null ? null : (layerKeys.value[index] ?? null)
  }
  function addLayer(index: number, layer: JsonObject): void {
    if (!state.value) return
    commit(insertLayer(state.value, index, layer))
    selectLayer(index)
  }
  function removeLayerAt(index: number): void {
    if (!state.value || layers.value[index] === undefined) return
    const wasSelected = selectedIndex.value === index
    commit(removeLayer(state.value, index))
    if (wasSelected) selectLayer(layers.value.length === 0 ? null : Math.min(index, layers.value.length - 1))
  }
  function duplicateLayer(index: number): void {
    const layer = layers.value[index]
    if (layer !== undefined) addLayer(index + 1, layer)
  }
  function moveLayerTo(from: number, to: number, key: string | null = null): void {
    if (!state.value) return
    const next = moveLayer(state.value, from, to)
    if (next === state.value) return
    // Two equal layers changing places leave the draft as it was; the keys still have to follow the pointer.
    timeline.value = history.record(timeline.value, next, key)
    editedAt.value = Date.now()
    void save()
  }

  // ---- problems -------------------------------------------------------------------------------------

  function problemAt(path: string): Problem | null {
    return problems.value.find((problem) => problem.path === path) ?? null
  }
  function problemsIn(path: string): Problem[] {
    return problems.value.filter((problem) => concerns(problem, path))
  }
  function warningsIn(path: string): Problem[] {
    return warnings.value.filter((warning) => concerns(warning, path))
  }
  function applyFix({ path, suggestion }: Problem): void {
    if (suggestion === undefined) return
    const choice = path.replace(/\.kind$/, '')
    if (typeof suggestion === 'string' && isObject(value(choice))) setKind(choice, suggestion)
    else set(path, suggestion)
  }

  // ---- whole designs --------------------------------------------------------------------------------

  /** Shows another design. The one before stays in reach: by undo, and among the earlier designs. */
  function load(spec: unknown, origin: Origin): void {
    const next = stateOf(JSON.parse(JSON.stringify(spec)) as JsonObject, origin)
    if (state.value && edits.value.length > 0) {
      earlier.value = rememberDraft(earlier.value, { ...state.value, editedAt: editedAt.value })
    }
    earlier.value = earlier.value.filter((each) => !isSame(each.draft, next.draft))
    timeline.value = state.value ? history.record(timeline.value, next) : history.startHistory(next)
    editedAt.value = Date.now()
    selectedKey.value = null
    navigation.openDesign()
    void save()
  }
  /** Goes back to a design that another one took the place of. */
  function resume(entry: SavedDraft): void {
    const { draft: kept, base, origin } = entry
    load(kept, origin)
    if (state.value) timeline.value = { ...timeline.value, present: { ...state.value, base } }
  }

  async function run(): Promise<void> {
    const { spec } = checked.value
    if (!canRun.value || spec === null || isStarting.value) return
    isStarting.value = true
    try {
      closeStep()
      const started = await runs.start(spec)
      navigation.openRun(started.id)
    } catch (thrown) {
      notices.fail(thrown)
    } finally {
      isStarting.value = false
    }
  }
  /** Runs it once with each seed from its own upwards. @param count as many as last time where it is left out */
  async function runSeeds(count?: number): Promise<void> {
    const { spec } = checked.value
    if (!canRun.value || spec === null || seedObstacle(spec) !== null) return
    closeStep()
    await seedRuns.start(spec, seedRuns.seedsOf(spec, count))
  }

  return {
    state,
    draft,
    layers,
    layerKeys,
    edits,
    editedAt,
    earlier,
    checked,
    trainingExamples,
    dataProblems,
    problems,
    warnings,
    selectedIndex,
    canUndo,
    canRedo,
    obstacle,
    canRun,
    isStarting,
    value,
    set,
    setAll,
    closeStep,
    setKind,
    setDataset,
    replaceDraft,
    undo,
    redo,
    selectLayer,
    addLayer,
    removeLayerAt,
    duplicateLayer,
    moveLayerTo,
    problemAt,
    problemsIn,
    warningsIn,
    applyFix,
    load,
    resume,
    run,
    runSeeds,
  }
})

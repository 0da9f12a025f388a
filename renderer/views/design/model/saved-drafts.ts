// Designs as they are kept between launches: the one being edited and the last few that others replaced.

import { isEditable, type DesignState, type Origin } from './draft'
import { isObject, isSame, type JsonObject } from './json-path'

export interface SavedDraft {
  draft: JsonObject
  base: JsonObject
  origin: Origin
  /** Milliseconds since 1970. */
  editedAt: number
}
export interface SavedDrafts {
  current: SavedDraft | null
  /** Newest first. */
  earlier: readonly SavedDraft[]
}

const KEPT = 4
/** What the settings take. */
const MAXIMUM_LENGTH = 1_000_000
const ORIGINS: readonly Origin['kind'][] = ['empty', 'preset', 'run', 'table', 'images', 'file']

export function rememberDraft(earlier: readonly SavedDraft[], state: DesignState & { editedAt: number }) {
  const { draft, base, origin, editedAt } = state
  const others = earlier.filter((each) => !isSame(each.draft, draft))
  return [{ draft, base, origin, editedAt }, ...others].slice(0, KEPT)
}

/** As text; of designs too large for the settings the present one is kept, and the largest of all is not. */
export function writeSaved({ current, earlier }: SavedDrafts): string | null {
  const plain = ({ draft, base, origin, editedAt }: SavedDraft): SavedDraft => ({
    draft,
    base,
    origin,
    editedAt,
  })
  const present = current && plain(current)
  const whole = JSON.stringify({ current: present, earlier: earlier.map(plain) })
  if (whole.length <= MAXIMUM_LENGTH) return whole
  const alone = JSON.stringify({ current: present, earlier: [] })
  return alone.length <= MAXIMUM_LENGTH ? alone : null
}

/** What can be read of a saved text; a part that is no design is left out. */
export function readSaved(text: string | null): SavedDrafts {
  const nothing: SavedDrafts = { current: null, earlier: [] }
  if (text === null) return nothing
  try {
    const saved: unknown = JSON.parse(text)
    if (!isObject(saved)) return nothing
    const earlier = Array.isArray(saved.earlier) ? saved.earlier : []
    return {
      current: readOne(saved.current),
      earlier: earlier.map(readOne).filter((each) => each !== null),
    }
  } catch {
    // The text is ours: when it can not be read it was cut short, and there is nothing to save of it.
    return nothing
  }
}

function readOne(value: unknown): SavedDraft | null {
  if (!isObject(value) || !isEditable(value.draft)) return null
  const base = isEditable(value.base) ? value.base : value.draft
  const editedAt = typeof value.editedAt === 'number' ? value.editedAt : 0
  return { draft: value.draft, base, origin: readOrigin(value.origin), editedAt }
}

function readOrigin(value: unknown): Origin {
  if (!isObject(value)) return { kind: 'empty' }
  const kind = ORIGINS.find((each) => each === value.kind) ?? 'empty'
  if (kind === 'empty') return { kind }
  const title = String(value.title ?? '')
  return kind === 'preset' && typeof value.id === 'string' ? { kind, title, id: value.id } : { kind, title }
}

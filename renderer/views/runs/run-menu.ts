// The context menu of the runs table, for the runs that are selected.

import {
  Archive,
  ArchiveRestore,
  ArrowRight,
  ChartSpline,
  CopyPlus,
  Download,
  Eye,
  EyeOff,
  Flag,
  Lock,
  LockOpen,
  NotebookPen,
  Pause,
  Pencil,
  Play,
  RotateCcw,
  SlidersHorizontal,
  Square,
  Tag,
  Trash2,
  Undo2,
} from '@lucide/vue'
import type { RunSummary } from '../../../electron/contract'
import type { RunsTable } from '../../../engine/comparison/schema'
import { CSV_FORMATS, exportRuns } from '../../commands/export-runs'
import type { MenuItem } from '../../ui/menu'
import type { RunActions } from './useRunActions'

const ACTIVE = ['queued', 'running', 'paused']

interface MenuContext {
  selected: readonly RunSummary[]
  shelf: RunsTable['shelf']
  isHidden: (id: string) => boolean
  actions: RunActions
  tag: () => void
  baseline: string | null
  setBaseline: (id: string | null) => void
}

export function runMenu(context: MenuContext): MenuItem[] {
  const { selected, shelf, isHidden, actions, tag, baseline, setBaseline } = context
  if (selected.length === 0) return []
  const ids = selected.map((run) => run.id)
  if (shelf === 'trash') return trashMenu(ids, actions)
  const isBaseline = baseline !== null && ids.includes(baseline)
  const areLocked = selected.every((run) => run.isLocked)
  const [first] = selected
  const isOne = selected.length === 1
  const active = selected.filter((run) => ACTIVE.includes(run.status))
  const areHidden = ids.every(isHidden)
  const items: MenuItem[] = [
    {
      id: 'open',
      text: 'Open',
      icon: ArrowRight,
      shortcut: 'Enter',
      disabled: !isOne,
      run: () => actions.open(first.id),
    },
    {
      id: 'compare',
      text: isOne ? 'Compare' : `Compare ${actions.countOf(ids)}`,
      icon: ChartSpline,
      shortcut: 'C',
      run: () => actions.compare(ids),
    },
    {
      id: 'hide',
      text: areHidden ? 'Show in charts' : 'Hide in charts',
      icon: areHidden ? Eye : EyeOff,
      shortcut: 'H',
      run: () => actions.setHidden(ids, !areHidden),
    },
    {
      id: 'baseline',
      text: isBaseline ? 'No longer the baseline' : 'Use as baseline',
      icon: Flag,
      shortcut: 'B',
      run: () => setBaseline(isBaseline ? null : ids[0]),
    },
    { separator: true, id: 'separator-1' },
    { id: 'again', text: 'Run again', icon: RotateCcw, run: () => void actions.runAgain(ids) },
    {
      id: 'seeds',
      text: 'Run with more seeds…',
      icon: CopyPlus,
      disabled: selected.some((run) => run.experiment !== first.experiment),
      run: () => void actions.runSeeds(first.id),
    },
    {
      id: 'edit',
      text: 'Edit as new',
      icon: SlidersHorizontal,
      disabled: !isOne,
      run: () => void actions.editAsNew(first.id),
    },
    { separator: true, id: 'separator-2' },
    {
      id: 'rename',
      text: 'Rename',
      icon: Pencil,
      shortcut: 'F2',
      disabled: !isOne,
      run: () => actions.startRename(first.id),
    },
    { id: 'tag', text: 'Tag…', icon: Tag, shortcut: 'T', run: tag },
    {
      id: 'note',
      text: 'Note…',
      icon: NotebookPen,
      shortcut: 'N',
      disabled: !isOne,
      run: () => actions.startNote(first.id),
    },
    {
      id: 'export',
      text: 'Export CSV',
      icon: Download,
      items: CSV_FORMATS.map(({ format, text }) => ({
        id: format,
        text,
        run: () => void exportRuns(format, ids),
      })),
    },
  ]
  if (active.length > 0) {
    items.push({ separator: true, id: 'separator-3' })
    if (isOne && first.status === 'running') {
      items.push({ id: 'pause', text: 'Pause', icon: Pause, run: () => void actions.pause(first.id) })
    }
    if (isOne && first.status === 'paused') {
      items.push({ id: 'resume', text: 'Resume', icon: Play, run: () => void actions.resume(first.id) })
    }
    items.push({
      id: 'stop',
      text: active.length === 1 ? 'Stop' : `Stop ${active.length} runs`,
      icon: Square,
      run: () => void actions.stop(active.map((run) => run.id)),
    })
  }
  items.push(
    { separator: true, id: 'separator-4' },
    {
      id: 'lock',
      text: areLocked ? 'Unlock' : 'Lock',
      icon: areLocked ? LockOpen : Lock,
      shortcut: 'L',
      run: () => void actions.toggleLock(ids),
    },
    {
      id: 'archive',
      text: shelf === 'archived' ? 'Take out of the archive' : 'Archive',
      icon: shelf === 'archived' ? ArchiveRestore : Archive,
      shortcut: 'E',
      run: () => void actions.archive(ids, shelf !== 'archived'),
    },
    {
      id: 'trash',
      text: 'Move to trash',
      icon: Trash2,
      shortcut: 'Del',
      run: () => void actions.remove(ids),
    },
  )
  return items
}

function trashMenu(ids: readonly string[], actions: RunActions): MenuItem[] {
  return [
    { id: 'restore', text: 'Restore', icon: Undo2, shortcut: 'E', run: () => void actions.restore(ids) },
    {
      id: 'purge',
      text: 'Delete for good…',
      icon: Trash2,
      shortcut: 'Del',
      // The menu takes the focus with it when it closes; the dialog must come after that.
      run: () => setTimeout(() => actions.askToPurge(ids)),
    },
  ]
}

// The colours and marks of runs, which exports without a window need as well. A run's colour and mark follow from
// its number alone, so they are the same in every view and after a restart.

export const RUN_SLOTS = 8
export const RUN_MARKS = ['circle', 'square', 'triangle', 'diamond'] as const
export type RunMarkShape = (typeof RUN_MARKS)[number]

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** By slot; a test keeps them equal to --run-1 to --run-8 of renderer/styles/tokens.css. */
export const RUN_COLORS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0c68db', '#db6900', '#015447', '#c25191', '#736100', '#0094ba', '#671f00', '#273249'],
  dark: ['#0f8cfd', '#f38204', '#17d6ab', '#d2399a', '#e6ec9d', '#a9e5fe', '#e4392a', '#9fa9c7'],
}

/** Slot 0..7 of the run palette for a run number from 1. */
export function slotOf(runNumber: number): number {
  return (runNumber - 1) % RUN_SLOTS
}

/** 8 colours x 4 marks: 32 distinct pairs. */
export function markOf(runNumber: number): RunMarkShape {
  const index = runNumber - 1
  return RUN_MARKS[(index + Math.floor(index / RUN_SLOTS)) % RUN_MARKS.length]
}

/**
 * Colours of low to high values, about equally far apart. Blue to orange or yellow by way of grey, ever lighter, so
 * that the order is seen by every eye and in print; 3:1 on the canvas throughout. Searched for in CIELAB under
 * Machado's simulations of colour vision, as test/unit/engine/comparison/palette.test.ts checks them.
 */
const SCALE: Readonly<Record<Theme, readonly string[]>> = {
  light:
    '#191971 #292467 #342d5e #3e3457 #4a3b52 #57404f #66434f #75464e #844a4c #914d48 #9f5142 #ac563b #b75c34 #bf632d #c66c24 #ca7618 #cd8104'.split(
      ' ',
    ),
  dark: '#4a69de #5d73ce #6d7dc2 #7f85b9 #908bb4 #a092b0 #ae99ad #bba0ab #c6a8a8 #d0b0a7 #dab8a4 #e4c1a0 #edca96 #f6d489 #fdde77 #ffe85f'.split(
    ' ',
  ),
}

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

/** Colour of a value by its place in the range shown: 0 the lowest, 1 the highest; '#rrggbb'. */
export function scaleColor(share: number, theme: Theme): string {
  const anchors = SCALE[theme]
  const place = Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * (anchors.length - 1)
  const at = Math.min(anchors.length - 2, Math.floor(place))
  const from = channels(anchors[at])
  const to = channels(anchors[at + 1])
  const mixed = from.map((low, index) => Math.round(low + (to[index] - low) * (place - at)))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

// Designs to start from.

export { PRESETS, presetSpec } from './presets'
export type { ExperimentSpecInput, Preset, PresetTarget } from './presets'
export { presetPicture } from './pictures'
export type * from './picture-types'
export { SOURCE_DOCUMENTS, sourceDocumentOf } from './source-documents'
export type * from './sources/types'
export { variantMembers } from './variants'
export type { PresetVariant, VariantMember } from './variants'

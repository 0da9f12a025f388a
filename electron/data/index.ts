// Data sets as the host sees them: the folder of imported ones, and the numbers of any data set.

export { previewCsv } from './csv/preview-csv'
export type { ImportControl } from './csv/import-csv'
export { isIdxFile } from './idx/idx-file'
export { previewImages } from './idx/preview-images'
export { openDatasetStore } from './dataset-store'
export type { DatasetStore } from './dataset-store'
export { loadDataset } from './load-dataset'
export type { LoadOptions } from './load-dataset'

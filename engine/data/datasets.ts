// The table of data sets. Adding one is adding its parameters to the spec, an entry here, and its test.

import { DescentError } from '../errors'
import { csvShape } from './csv-shape'
import { blobs } from './generators/blobs'
import { circles } from './generators/circles'
import { moons } from './generators/moons'
import { sine } from './generators/sine'
import { spirals } from './generators/spirals'
import { teacherStudent } from './generators/teacher-student'
import { xor } from './generators/xor'
import { iris } from './iris'
import { mnist } from './mnist'
import type { DatasetId, DatasetSpec, ParametersOf } from './parameters'
import type { TableInfo } from './table'
import type { DataShape, Dataset } from './types'

export interface DatasetEntry<I extends DatasetId> {
  title: string
  /** One sentence on what is in it. */
  description: string
  /** Where it is from, to be cited. */
  source: string
  /** Shape before anything is loaded. `info` is needed for an imported table and for nothing else. */
  shape(parameters: ParametersOf<I>, info?: TableInfo): DataShape
  /** Makes the numbers, where they are made and not read; the host fills in `hash`. */
  generate?(parameters: ParametersOf<I>): Dataset
}

export const DATASETS: { readonly [I in DatasetId]: DatasetEntry<I> } = {
  mnist,
  iris,
  xor,
  moons,
  circles,
  spirals,
  blobs,
  sine,
  'teacher-student': teacherStudent,
  csv: {
    title: 'Imported table',
    description: 'A CSV file of your own.',
    source: 'Imported file',
    shape(parameters, info) {
      if (info !== undefined) return csvShape(info, parameters)
      const message = `The imported data set ${parameters.hash.slice(0, 12)} is not in the list of data sets.`
      throw new DescentError('not-found', message, 'Import the CSV file again.')
    },
  },
}

/**
 * Shape of the data set that a spec asks for, before its numbers are loaded.
 *
 * @param info the imported table that a csv spec names
 * @throws DescentError('not-found') for csv without `info`; what csvShape throws
 */
export function shapeOf(spec: DatasetSpec, info?: TableInfo): DataShape {
  return entryOf(spec).shape(spec.parameters, info)
}

/** The numbers of a generated data set; null where they are read from files. `hash` is ''. */
export function generateDataset(spec: DatasetSpec): Dataset | null {
  return entryOf(spec).generate?.(spec.parameters) ?? null
}

/** The entry of a spec with parameters of that very spec: an id and its parameters come from one object. */
function entryOf(spec: DatasetSpec): {
  shape(parameters: DatasetSpec['parameters'], info?: TableInfo): DataShape
  generate?(parameters: DatasetSpec['parameters']): Dataset
} {
  return DATASETS[spec.id] as DatasetEntry<never>
}

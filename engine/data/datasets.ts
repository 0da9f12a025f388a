// The table of data sets. Adding one is adding its parameters to the spec, an entry here, and its test.

import { DescentError } from '../errors'
import { csvShape } from './csv-shape'
import { fashionMnist } from './fashion-mnist'
import { blobs } from './generators/blobs'
import { circles } from './generators/circles'
import { disc } from './generators/disc'
import { given } from './generators/given'
import { moons } from './generators/moons'
import { numpyTeacher } from './generators/numpy-teacher'
import { patterns } from './generators/patterns'
import { sine } from './generators/sine'
import { spirals } from './generators/spirals'
import { teacherStudent } from './generators/teacher-student'
import { xor } from './generators/xor'
import { imageSetShape } from './idx-shape'
import type { ImportedInfo } from './imported'
import { iris } from './iris'
import { mnist } from './mnist'
import type { DatasetId, DatasetSpec, ParametersOf } from './parameters'
import type { DataShape, Dataset } from './types'

export interface DatasetEntry<I extends DatasetId> {
  title: string
  /** One sentence on what is in it. */
  description: string
  /** Where it is from, to be cited. */
  source: string
  /** Shape before anything is loaded. `info` is needed for what was imported and for nothing else. */
  shape(parameters: ParametersOf<I>, info?: ImportedInfo): DataShape
  /** Makes the numbers, where they are made and not read; the host fills in `hash`. */
  generate?(parameters: ParametersOf<I>): Dataset
}

export const DATASETS: { readonly [I in DatasetId]: DatasetEntry<I> } = {
  mnist,
  'fashion-mnist': fashionMnist,
  iris,
  xor,
  moons,
  circles,
  spirals,
  blobs,
  sine,
  'teacher-student': teacherStudent,
  'numpy-teacher': numpyTeacher,
  patterns,
  disc,
  given,
  csv: {
    title: 'Imported table',
    description: 'A CSV file of your own.',
    source: 'Imported file',
    shape(parameters, info) {
      if (info?.kind === 'table') return csvShape(info, parameters)
      throw notListed(parameters.hash, 'Import the CSV file again.')
    },
  },
  idx: {
    title: 'Imported images',
    description: 'Images and labels of your own, from IDX files.',
    source: 'Imported files',
    shape(parameters, info) {
      if (info?.kind === 'images') return imageSetShape(info, parameters)
      throw notListed(parameters.hash, 'Import the IDX files again.')
    },
  },
}

function notListed(hash: string, remedy: string): DescentError {
  const message = `The imported data set ${hash.slice(0, 12)} is not in the list of data sets.`
  return new DescentError('not-found', message, remedy)
}

/**
 * Shape of the data set that a spec asks for, before its numbers are loaded.
 *
 * @param info what was imported, where a csv or idx spec names it
 * @throws DescentError('not-found') for these without `info`; what csvShape and imageSetShape throw
 */
export function shapeOf(spec: DatasetSpec, info?: ImportedInfo): DataShape {
  return entryOf(spec).shape(spec.parameters, info)
}

/** The numbers of a generated data set; null where they are read from files. `hash` is ''. */
export function generateDataset(spec: DatasetSpec): Dataset | null {
  return entryOf(spec).generate?.(spec.parameters) ?? null
}

/** The entry of a spec with parameters of that very spec: an id and its parameters come from one object. */
function entryOf(spec: DatasetSpec): {
  shape(parameters: DatasetSpec['parameters'], info?: ImportedInfo): DataShape
  generate?(parameters: DatasetSpec['parameters']): Dataset
} {
  return DATASETS[spec.id] as DatasetEntry<never>
}

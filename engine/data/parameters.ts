// The parameters of one data set, by its id, as the spec's schema defines them.

import type { z } from 'zod'
import type { DATASET_PARAMETERS, DatasetId, DatasetSpec } from '../spec/schema'

export type { DatasetId, DatasetSpec }
export type ParametersOf<I extends DatasetId> = z.output<(typeof DATASET_PARAMETERS)[I]>

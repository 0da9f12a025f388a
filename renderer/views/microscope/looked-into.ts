// The design whose first step is under the microscope; null while the design view shows the design itself.

import { shallowRef } from 'vue'
import type { ExperimentSpec } from '../../../engine/spec/schema'

export const lookedInto = shallowRef<ExperimentSpec | null>(null)

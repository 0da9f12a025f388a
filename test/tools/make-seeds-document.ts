// Makes docs/SEEDS.md: verifies all systems, which takes about a minute, and writes down what it found.
//
//   npx tsx test/tools/make-seeds-document.ts

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerVerify } from '../../electron/analysis/verify-systems'
import { SOURCE_SYSTEMS } from '../../engine/presets/sources/types'
import { seedsDocument } from './seeds-document'

const TARGET = join(import.meta.dirname, '../../docs/SEEDS.md')

const verification = await answerVerify(
  { systems: SOURCE_SYSTEMS, isQuick: false, datasetFolder: 'no-imported-data' },
  { signal: new AbortController().signal, onProgress: () => undefined },
)
writeFileSync(TARGET, seedsDocument(verification))
console.log(`${TARGET}: ${verification.passed} checks pass, ${verification.failed} fail`)

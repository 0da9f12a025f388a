// Stored pictures of what a model did with its data, one row an epoch at most. Pictures beside the main one lie in
// its header under `extra`; rows written before there were any have none.

import { crc32 } from 'node:zlib'
import type { Inspection } from '../../engine/training/types'
import { noSuchRun, type LogContext } from './context'
import { decodePicture, encodePicture } from './inspection-codec'
import { damagedError } from './sqlite-errors'

const INSERT_INSPECTION = `
INSERT INTO inspection (run_id, epoch, step, part, kind, header, crc32, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, epoch) DO UPDATE SET
  step = excluded.step, part = excluded.part, kind = excluded.kind, header = excluded.header,
  crc32 = excluded.crc32, data = excluded.data`
const SELECT_INSPECTION = `
SELECT epoch, step, part, header, crc32, data FROM inspection WHERE run_id = ? AND epoch = ?`
const SELECT_NEWEST_EPOCH = 'SELECT MAX(epoch) FROM inspection WHERE run_id = ?'
const SELECT_EPOCHS = 'SELECT epoch FROM inspection WHERE run_id = ? ORDER BY epoch'
const SELECT_RUN_EXISTS = 'SELECT 1 FROM run WHERE id = ?'

interface InspectionRow {
  epoch: number
  step: number
  part: Inspection['part']
  header: string
  crc32: number
  data: Buffer
}

export function createInspectionStore(context: LogContext) {
  const { database, path } = context
  const insertInspection = database.prepare(INSERT_INSPECTION)
  const selectInspection = database.prepare<[string, number], InspectionRow>(SELECT_INSPECTION)
  const selectNewestEpoch = database.prepare<[string], number | null>(SELECT_NEWEST_EPOCH).pluck()
  const selectEpochs = database.prepare<[string], number>(SELECT_EPOCHS).pluck()
  const selectRunExists = database.prepare<[string], number>(SELECT_RUN_EXISTS).pluck()

  return {
    epochs(runId: string): number[] {
      return selectEpochs.all(runId)
    },

    store(runId: string, { epoch, step, part, picture, extra }: Inspection): void {
      const { header, data } = encodePicture({ ...picture, extra })
      context.write(() => {
        if (selectRunExists.get(runId) === undefined) throw noSuchRun(runId)
        insertInspection.run(runId, epoch, step, part, picture.kind, header, crc32(data, crc32(header)), data)
      })
    },

    /** @throws DescentError 'database-damaged' */
    read(runId: string, epoch: number | null): Inspection | null {
      const wanted = epoch ?? selectNewestEpoch.get(runId) ?? null
      const row = wanted === null ? undefined : selectInspection.get(runId, wanted)
      if (!row) return null
      if (crc32(row.data, crc32(row.header)) !== row.crc32) {
        throw damagedError(
          path,
          `the stored picture of epoch ${row.epoch} of run ${runId} is not the one that was written`,
        )
      }
      const { extra, ...picture } = decodePicture(row) as Inspection['picture'] & Pick<Inspection, 'extra'>
      const inspection = { epoch: row.epoch, step: row.step, part: row.part, picture } as Inspection
      return extra === undefined ? inspection : { ...inspection, extra }
    },
  }
}

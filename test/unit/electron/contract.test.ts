import { expect, it } from 'vitest'
import { CALL_INPUTS, settingsSchema } from '../../../electron/contract'

it('takes a change of one setting for that one alone', () => {
  expect(CALL_INPUTS['settings.set'].parse({ parallelRuns: 3 })).toEqual({ parallelRuns: 3 })
  expect(CALL_INPUTS['settings.set'].parse({})).toEqual({})
})
it('lets every setting be changed', () => {
  const all = settingsSchema.parse({})
  expect(CALL_INPUTS['settings.set'].parse(all)).toEqual(all)
})
it('refuses a setting that does not exist', () => {
  expect(CALL_INPUTS['settings.set'].safeParse({ colour: 'red' }).success).toBe(false)
})

/** One step of the schema's history. Its statements run in order, inside one transaction with all that follow. */
export interface Migration {
  version: number
  statements: readonly string[]
}

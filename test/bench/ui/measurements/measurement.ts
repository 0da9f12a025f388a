// One measurement: what is done, to whom, and the rows it gives.

export interface Row {
  /** "20 x 2400, fresh data" */
  what: string
  /** "ours", "uPlot", "Chart.js" */
  who: string
  /** Milliseconds by name: "script", "shown", "worst frame". */
  figures: Record<string, { median: number; best: number }>
}

export type Measurement = (host: HTMLElement, options: { isQuick: boolean }) => Promise<Row[]>

// How a CSV file can be read, as the import dialog offers it. "auto" is what the importer finds out by itself.

import type { CsvOptions, CsvPreview } from '../../../engine/data/table'

const DELIMITERS = [
  { value: ',', text: 'Comma' },
  { value: ';', text: 'Semicolon' },
  { value: '\t', text: 'Tab' },
  { value: '|', text: 'Bar' },
] as const
const DECIMALS = [
  { value: '.', text: 'Point' },
  { value: ',', text: 'Comma' },
] as const
const HEADERS = [
  { value: 'true', text: 'First row' },
  { value: 'false', text: 'None' },
] as const
const ENCODINGS = [
  { value: 'utf-8', text: 'UTF-8' },
  { value: 'utf-16le', text: 'UTF-16 LE' },
  { value: 'utf-16be', text: 'UTF-16 BE' },
  { value: 'windows-1252', text: 'Windows-1252' },
] as const

export const CSV_CHOICES = [
  { key: 'delimiter', label: 'Delimiter', options: DELIMITERS },
  { key: 'decimal', label: 'Decimal mark', options: DECIMALS },
  { key: 'hasHeader', label: 'Names of columns', options: HEADERS },
  { key: 'encoding', label: 'Encoding', options: ENCODINGS },
] as const
export type CsvChoiceKey = (typeof CSV_CHOICES)[number]['key']

export const AUTO = 'auto'

/** What is chosen: a value of the options, or auto. */
export function chosenOption(options: CsvOptions, key: CsvChoiceKey): string {
  const value = options[key]
  return value === null ? AUTO : String(value)
}

/** The choices of one setting; the first says what was found. */
export function optionsOf(
  choice: (typeof CSV_CHOICES)[number],
  found: CsvPreview['options'] | null,
): { value: string; text: string }[] {
  const detected = choice.options.find(({ value }) => value === String(found?.[choice.key]))
  return [
    { value: AUTO, text: detected === undefined ? 'Detect' : `${detected.text} (found)` },
    ...choice.options,
  ]
}

export function withChoice(options: CsvOptions, key: CsvChoiceKey, chosen: string): CsvOptions {
  const value = chosen === AUTO ? null : key === 'hasHeader' ? chosen === 'true' : chosen
  return { ...options, [key]: value } as CsvOptions
}

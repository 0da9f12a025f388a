// Recognizes files that are certainly not text, so that the error can say what they are.

const SIGNATURES: readonly { bytes: readonly number[]; at?: number; looksLike: string; remedy: string }[] = [
  picture('a PNG image', 0x89, 0x50, 0x4e, 0x47),
  picture('a JPEG image', 0xff, 0xd8, 0xff),
  picture('a GIF image', 0x47, 0x49, 0x46, 0x38),
  picture('a TIFF image', 0x49, 0x49, 0x2a, 0x00),
  picture('a TIFF image', 0x4d, 0x4d, 0x00, 0x2a),
  table('a PDF document', 0x25, 0x50, 0x44, 0x46, 0x2d),
  table('a ZIP archive or an Excel or OpenDocument workbook', 0x50, 0x4b, 0x03, 0x04),
  table('an old Excel workbook', 0xd0, 0xcf, 0x11, 0xe0),
  idx(0x01),
  idx(0x03),
  idx(0x04),
  archive('a gzip archive', 0x1f, 0x8b),
  archive('a bzip2 archive', 0x42, 0x5a, 0x68, 0x39),
  archive('an XZ archive', 0xfd, 0x37, 0x7a, 0x58, 0x5a),
  archive('a Zstandard archive', 0x28, 0xb5, 0x2f, 0xfd),
  archive('a 7-Zip archive', 0x37, 0x7a, 0xbc, 0xaf),
  table('a SQLite database', ...ascii('SQLite format 3\0')),
  table('a Parquet file', ...ascii('PAR1')),
  table('an Arrow file', ...ascii('ARROW1')),
  table('an HDF5 file', 0x89, 0x48, 0x44, 0x46),
  table('a NumPy array', 0x93, ...ascii('NUMPY')),
  table('a MATLAB file', ...ascii('MATLAB 5.0')),
  table('a program', 0x7f, ...ascii('ELF')),
]

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0))
}

function picture(looksLike: string, ...bytes: number[]) {
  return { bytes, looksLike, remedy: 'Choose a CSV file; of images, IDX files can be imported.' }
}

function table(looksLike: string, ...bytes: number[]) {
  return { bytes, looksLike, remedy: 'Export it as CSV and import that.' }
}

function idx(dimensions: number) {
  return {
    bytes: [0x00, 0x00, 0x08, dimensions],
    looksLike: 'an IDX file of images or labels',
    remedy: 'Import images and labels together, with "Import images".',
  }
}

function archive(looksLike: string, ...bytes: number[]) {
  return { bytes, looksLike, remedy: 'Unpack it and import the CSV file in it.' }
}

/** What a file looks like by its first bytes, if that is something other than text; else null. */
export function recognizeBinary(start: Uint8Array): { looksLike: string; remedy: string } | null {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte))
  if (found !== undefined) return found
  const text = Buffer.from(start.subarray(0, 100)).toString('latin1').trimStart().toLowerCase()
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) {
    return { looksLike: 'a web page', remedy: 'Download the CSV file that the page links to.' }
  }
  return null
}

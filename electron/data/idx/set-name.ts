// A name for an image set from what its files are called: emnist-letters-train-images-idx3-ubyte.gz says it
// itself, train-images-idx3-ubyte.gz only by its folder.

import { basename, dirname } from 'node:path'

const WORDS = /(?:^|[-_. ])(?:train(?:ing)?|t10k|test|images?|idx\d?|ubyte|gz|idx\d[-_.]ubyte)(?=$|[-_. ])/gi

/** @param path of the training images */
export function nameOfSet(path: string): string {
  const own = basename(path)
    .replace(WORDS, '')
    .replace(/^[-_. ]+|[-_. ]+$/g, '')
  return (own || basename(dirname(path)) || 'images').slice(0, 120)
}

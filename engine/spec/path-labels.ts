// What a path of the spec is called in a sentence: "layer 2 units", "learning rate".
// Layers are written network.layers[1].units or, as hyperparameters are, network.layers.1.units.

const WORDS: Readonly<Record<string, string>> = {
  'dataset.id': 'data set',
  'dataset.parameters.hash': 'data set',
  'dataset.split.kind': 'split',
  'dataset.split.validation': 'validation share',
  'dataset.split.test': 'test share',
  'dataset.split.seed': 'split seed',
  'dataset.parameters.seed': 'data seed',
  'dataset.parameters.trainingExamples': 'training images',
  'dataset.parameters.testExamples': 'test images',
  'dataset.normalization': 'normalization',
  'dataset.targetNormalization': 'target normalization',
  'optimizer.gradientClip': 'gradient clipping',
  'optimizer.gradientClip.kind': 'gradient clipping',
  'optimizer.gradientClip.threshold': 'clipping threshold',
  'optimizer.schedule': 'schedule',
  'optimizer.schedule.minimum': 'lowest learning rate',
  'training.seed': 'seed',
  'training.logEvery': 'log every',
  'training.validateEvery': 'validate every',
  'training.reduction': 'gradient of a batch',
  'training.sampling': 'examples',
  'training.random': 'random numbers',
  'training.random.start': 'start of the stream',
  'training.random.restartEachLayer': 'anew for each layer',
  'training.metrics': 'also measured',
}

/** `learningRate` -> learning rate; `beta1` -> beta 1. */
export function wordsOf(key: string): string {
  return key
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
}

/** Name of one setting without its place, e.g. "units". */
export function labelOfField(path: string): string {
  const plain = path.replace(/\.kind$/, '')
  if (WORDS[plain] !== undefined) return WORDS[plain]
  const names = plain.split(/[.[\]]+/).filter((part) => part !== '' && !/^\d+$/.test(part))
  return wordsOf(names.at(-1) ?? 'design')
}

/** Name of a setting with its layer, e.g. "layer 2 units"; `separator` comes between the two. */
export function labelOfPath(path: string, separator = ' '): string {
  const layer = /^network\.layers(?:\[(\d+)\]|\.(\d+)(?=\.|$))(.*)$/.exec(path)
  if (layer === null) return path === 'network.layers' ? 'layers' : labelOfField(path)
  const name = `layer ${Number(layer[1] ?? layer[2]) + 1}`
  const rest = layer[3].replace(/^\./, '').replace(/\.kind$/, '')
  if (rest === '') return name
  const inner = /^(weights|biases)\b(.*)$/.exec(rest)
  if (inner === null) return `${name}${separator}${labelOfField(rest)}`
  const what = `initial ${inner[1]}`
  return `${name}${separator}${inner[2] === '' ? what : `${what} ${labelOfField(inner[2])}`}`
}

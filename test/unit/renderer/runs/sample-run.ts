// A row of the runs table with everything set, to be changed by a test where it matters.

import type { RunSummary } from '../../../../electron/contract'

export function sampleRun(changes: Partial<RunSummary> = {}): RunSummary {
  const number = changes.number ?? 1
  return {
    id: `run-${number}`,
    number,
    name: `mnist-mlp seed ${number}`,
    experiment: 1,
    status: 'finished',
    reason: null,
    tags: [],
    note: '',
    createdAt: 1_700_000_000_000,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_060_000,
    activeMs: 60_000,
    seed: 1,
    datasetId: 'mnist',
    dataHash: null,
    engineVersion: '0.1.0',
    kernel: 'reference',
    parameters: 50_890,
    weightsHash: null,
    progress: { step: 300, totalSteps: 300, epoch: 3, totalEpochs: 3, samples: 9000 },
    hyperparameters: {
      name: 'mnist-mlp',
      'dataset.id': 'mnist',
      'optimizer.kind': 'adam',
      'optimizer.learningRate': 0.001,
      'optimizer.gradientClip': null,
      'training.batchSize': 64,
      'training.seed': 1,
      'training.shuffle': true,
      'network.layers.0.kind': 'dense',
      'network.layers.0.units': 256,
      'network.layers.1.kind': 'activation',
      'network.layers.2.kind': 'dense',
      'network.layers.2.units': 128,
      'network.layers.3.kind': 'dense',
      'network.layers.3.units': 10,
    },
    metrics: {
      'val/loss': { last: 0.13, best: 0.12, bestEpoch: 2 },
      'val/accuracy': { last: 0.9615, best: 0.9655, bestEpoch: 2 },
    },
    sparkline: [2, 0.5, 0.13],
    deletedAt: null,
    archivedAt: null,
    isLocked: false,
    change: number,
    ...changes,
  }
}

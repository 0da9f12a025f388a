// Experiments for tests: small ones that end at once, and one that trains until it is stopped.

export function moonsSpec(over: { name?: string; epochs?: number; seed?: number } = {}): unknown {
  return {
    version: 1,
    name: over.name ?? 'moons',
    dataset: { id: 'moons', parameters: { samples: 400 } },
    network: {
      layers: [
        { kind: 'dense', units: 16, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'logistic' },
      ],
    },
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: over.epochs ?? 20, batchSize: 32, seed: over.seed ?? 1 },
  }
}

/** Trains for hours: for tests that end it themselves. */
export function endlessSpec(name = 'endless'): unknown {
  return moonsSpec({ name, epochs: 1_000_000 })
}

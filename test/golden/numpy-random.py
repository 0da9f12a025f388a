# Draws of NumPy's legacy RandomState and of its Generator: SHA-256 of all 10,000 of a kind, and a few of them in full.
# The normals, whose last place depends on the C library's logarithm, are in numpy-random-normals.json as float64.
# apt-get install python3-numpy; /usr/bin/python3 test/golden/numpy-random.py
import base64, hashlib, json, os, struct
import numpy as np

SEEDS = [0, 123, 3141592653]
COUNT = 10000
here = os.path.dirname(os.path.abspath(__file__))


def little_endian(values):
    values = np.asarray(values)
    return values.astype('<f8' if values.dtype.kind == 'f' else '<u4')


def digest(values):
    values = little_endian(values)
    return dict(sha256=hashlib.sha256(values.tobytes()).hexdigest(), first=values[:10].tolist(), last=values[-5:].tolist())


def encode(values):
    return base64.b64encode(little_endian(values).tobytes()).decode()


def legacy(seed):
    fresh = lambda: np.random.RandomState(seed)
    shuffled = np.arange(COUNT) * 3
    fresh().shuffle(shuffled)
    mixed = fresh()
    interleaved = []
    for _ in range(50):
        interleaved += [mixed.randn(), float(mixed.randint(-5, 1000)), mixed.randn(), mixed.randn(),
                        mixed.random_sample(), float(mixed.choice(7)), mixed.normal(2.5, 0.1)]
    return dict(
        randomSample=digest(fresh().random_sample(COUNT)),
        uniform=digest(fresh().uniform(-3, 5, COUNT)),
        permutation=digest(fresh().permutation(COUNT)),
        shuffle=digest(shuffled),
        choice=digest(fresh().choice(18, COUNT)),
        choiceWithoutReplacement=digest(fresh().choice(20000, COUNT, replace=False)),
        randint=digest(fresh().randint(3, 1000, COUNT)),
        randintOfAllWords=digest(fresh().randint(0, 2**32, COUNT)),
        randintOfTwoWords=digest(fresh().randint(-5, 2**40, COUNT).astype(float)),
        interleaved=interleaved)


def generator(seed):
    fresh = lambda: np.random.default_rng(seed)
    shuffled = np.arange(COUNT) * 3
    fresh().shuffle(shuffled)
    mixed = fresh()
    interleaved = []
    for _ in range(50):
        interleaved += [mixed.standard_normal(), float(mixed.integers(0, 18)), mixed.random(), mixed.standard_normal(),
                        float(mixed.integers(-5, 2**40)), mixed.uniform(-3, 5), mixed.normal(2.5, 0.1),
                        float(mixed.integers(0, 2**32))]
    return dict(
        random=digest(fresh().random(COUNT)),
        uniform=digest(fresh().uniform(-3, 5, COUNT)),
        permutation=digest(fresh().permutation(COUNT)),
        shuffle=digest(shuffled),
        integers=digest(fresh().integers(0, 18, COUNT)),
        # About a quarter of these is rejected first.
        integersOften=digest(fresh().integers(0, 3 * 2**30, COUNT)),
        integersOfAllWords=digest(fresh().integers(0, 2**32, COUNT)),
        integersOfTwoWords=digest(fresh().integers(-5, 2**40, COUNT).astype(float)),
        interleaved=interleaved)


def ziggurat_tables():
    """fi_double, wi_double and ki_double lie one after the other in the compiled module."""
    module = open(np.random._generator.__file__, 'rb').read()
    at = module.index(struct.pack('<QQQ', 0x000EF33D8025EF6A, 0, 0x000C08BE98FBC6A8))
    parts = [module[at + offset:at + offset + 2048] for offset in (-4096, -2048, 0)]
    assert struct.unpack('<d', parts[0][:8]) == (1.0,)
    return {name: hashlib.sha256(part).hexdigest() for name, part in zip(('fi', 'wi', 'ki'), parts)}


big = 2**130 + 12345678901234567890
golden = dict(
    numpy=np.__version__,
    legacy={str(seed): legacy(seed) for seed in SEEDS},
    generator={str(seed): generator(seed) for seed in SEEDS},
    bigSeeds=[dict(seed=str(seed), random=np.random.default_rng(seed).random(5).tolist())
              for seed in (2**32, 2**53 + 1, 2**64 + 7, big, big**3)],
    zigguratTables=ziggurat_tables())
json.dump(golden, open(os.path.join(here, 'numpy-random.json'), 'w'))

# One call for many draws gives the same numbers as many calls for one.
normals = dict(
    legacy={str(seed): encode(np.random.RandomState(seed).randn(COUNT)) for seed in SEEDS},
    generator={str(seed): encode(np.random.default_rng(seed).standard_normal(COUNT)) for seed in SEEDS})
json.dump(normals, open(os.path.join(here, 'numpy-random-normals.json'), 'w'))

"""A contender's side of the line protocol, for Python; test/bench/lib/serve.mjs says what the lines are."""

import ctypes
import itertools
import json
import os
import sys
import time

try:
    import numpy as np
except ImportError:
    np = None


class Skip(Exception):
    """What the contender cannot train, with the reason."""


class Data:
    """What test/bench/lib/data.mjs wrote."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            header = json.load(file)
        arrays = header.pop('arrays')
        binary = np.fromfile(os.path.join(os.path.dirname(path), header.pop('binary')), np.uint8)
        self.arrays = {}
        for name, entry in arrays.items():
            values = np.frombuffer(binary.data, entry['type'], int(np.prod(entry['shape'])), entry['offset'])
            self.arrays[name] = values.reshape(entry['shape']).copy()
        self.__dict__.update(header)

    def one_hot(self):
        return np.eye(self.layers[-1]['outputs'], dtype=self.precision)[self.arrays['labels']]

    def batch_loss(self, k, outputs):
        """The loss of batch k, in float64; softmax: from probabilities."""
        outputs = np.asarray(outputs, np.float64)
        if self.loss == 'cross-entropy':
            return float(-np.log(outputs[np.arange(self.batch), self.arrays['labels'][k]]).mean())
        squares = (outputs.reshape(self.batch, -1) - self.arrays['t'][k]) ** 2
        return float(squares.mean() if self.loss == 'mse' else squares.sum(1).mean() / 2)


class Trainer:
    """step(k) trains on batch k; predict(k) gives its outputs without training."""

    def __init__(self, step, predict, notes=()):
        self.step, self.predict, self.notes = step, predict, list(notes)


def prepare(data, build):
    """Trains up to the last checked step. Returns its losses, one whole step to be timed, and notes."""
    trainer = build(data)
    if not hasattr(data, 'checkSteps'):
        return [float(np.mean(np.square(trainer.predict(0), dtype=np.float64)))], trainer.step, 1, trainer.notes
    losses = []
    for step in range(1, data.checkSteps[-1] + 1):
        k = (step - 1) % data.batches
        if step in data.checkSteps:
            losses.append(data.batch_loss(k, trainer.predict(k)))
        trainer.step(k)
    k = data.checkSteps[-1] % data.batches
    order = [*range(k, data.batches), *range(k)]
    return losses, cycle(trainer.step, order), data.batch, trainer.notes


def cycle(step, order):
    following = itertools.cycle(order).__next__
    return lambda: step(following())


def serve(build, versions):
    """Answers line after line; between them it waits blocked."""
    answers, sys.stdout = sys.stdout, sys.stderr
    step, samples, steps_a_time = None, 0, 1
    clock = time.perf_counter
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if message['cmd'] == 'exit':
                break
            if message['cmd'] == 'prepare':
                losses, step, samples, notes = prepare(Data(message['dataFile']), build)
                answer = {'ok': True, 'versions': versions, 'losses': losses, 'notes': notes}
            else:
                seconds, steps, elapsed = message['ms'] / 1000, 0, 0.0
                start = clock()
                while elapsed < seconds:
                    for _ in range(steps_a_time):
                        step()
                    steps += steps_a_time
                    before, elapsed = elapsed, clock() - start
                    if elapsed - before < 0.0001:
                        steps_a_time *= 2
                    elif elapsed - before > 0.0004 and steps_a_time > 1:
                        steps_a_time //= 2
                answer = {'samples': steps * samples, 'ms': 1000 * elapsed}
        except Skip as skip:
            answer = {'skip': str(skip)}
        except Exception as error:  # the harness names it
            answer = {'error': f'{type(error).__name__}: {error}'}
        answers.write(json.dumps(answer) + '\n')
        answers.flush()


def blas_version():
    """What numpy and torch multiply with here, asked of the library that is loaded."""
    try:
        with open('/proc/self/maps', encoding='utf-8') as maps:
            paths = {line.split()[-1] for line in maps if 'libopenblas' in line}
        library = ctypes.CDLL(paths.pop())
        library.openblas_get_config.restype = ctypes.c_char_p
        return library.openblas_get_config().decode()
    except (OSError, KeyError, AttributeError):
        return 'unknown'


def quit_missing(package):
    """Answers every question with how to install what is missing."""
    for _ in sys.stdin:
        print(json.dumps({'missing': f'apt-get install {package}'}), flush=True)
    sys.exit(0)

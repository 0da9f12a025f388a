"""The work loads in PyTorch, eager: addmm, autograd.grad and one _foreach_add_ for the update. Measured here, that is
faster than nn.Linear with optim.SGD wherever the calls count, and as fast where the products do. Number of threads:
the first argument."""

import platform
import sys

try:
    import torch
    import torch.nn.functional as functional
except ImportError:
    torch = None

import protocol

if torch is None or protocol.np is None:
    protocol.quit_missing('python3-torch python3-numpy')

torch.set_num_threads(int(sys.argv[1]))
ACTIVATIONS = {'tanh': torch.tanh, 'relu': torch.relu, 'logistic': torch.sigmoid}


def neighbours(u, rows, columns):
    """The sum over 3 x 3 neighbours, by slices: faster here than conv2d and avg_pool2d."""
    padded = functional.pad(u.view(-1, rows, columns), (1, 1, 1, 1))
    across = padded[:, :, :-2] + padded[:, :, 1:-1] + padded[:, :, 2:]
    return (across[:, :-2] + across[:, 1:-1] + across[:, 2:]).reshape(-1, rows * columns)


def build(data):
    if data.id.startswith('gemm'):
        a, b = (torch.from_numpy(data.arrays[name]) for name in 'ab')
        c = torch.empty(data.m, data.n)
        return protocol.Trainer(lambda: torch.mm(a, b, out=c), lambda _: torch.mm(a, b))

    names = [f'{kind}{i}' for i in range(len(data.layers)) for kind in 'wb']
    parameters = [torch.from_numpy(data.arrays[name]).requires_grad_() for name in names]
    values = [parameter.detach() for parameter in parameters]
    is_softmax = data.loss == 'cross-entropy'
    x = list(torch.from_numpy(data.arrays['x']))
    t = list(torch.from_numpy(data.arrays['labels']).long() if is_softmax else torch.from_numpy(data.arrays['t']))

    def half_squares(y, t):
        return functional.mse_loss(y, t, reduction='sum') * (0.5 / data.batch)

    loss = {
        'cross-entropy': functional.cross_entropy,
        'mse': functional.mse_loss,
        'half-sse': half_squares,
    }[data.loss]

    def forward(h):
        for i, layer in enumerate(data.layers):
            w, b = parameters[2 * i], parameters[2 * i + 1]
            if layer['kind'] == 'grid':
                for wl, bl in zip(w, b):
                    h = torch.tanh(neighbours(h * wl, layer['rows'], layer['columns']) + bl)
                continue
            h = torch.addmm(b, h, w)
            activation = ACTIVATIONS.get(layer['activation'])
            if activation is not None:
                h = activation(h)
        return h

    def step(k):
        gradients = torch.autograd.grad(loss(forward(x[k]), t[k]), parameters)
        torch._foreach_add_(values, gradients, alpha=-data.learningRate)

    def predict(k):
        with torch.no_grad():
            y = forward(x[k])
            return (torch.softmax(y, 1) if is_softmax else y).numpy()

    return protocol.Trainer(step, predict)


protocol.serve(
    build,
    {'python': platform.python_version(), 'torch': torch.__version__, 'blas': protocol.blas_version()},
)
sys.exit(0)

"""The work loads in NumPy as somebody would write them who wants them fast: outputs allocated once, every operation
into its place, the learning rate folded into the error so that an update is one subtraction. Number of threads: the
environment variable OPENBLAS_NUM_THREADS."""

import platform
import sys

import protocol

np = protocol.np
if np is None:
    protocol.quit_missing('python3-numpy')


def playground(data):
    """Small tanh nets cost what their calls cost. Biases are the last row of the weights, all parameters lie in one
    array, and three layers are written out."""
    f = np.float32
    batch, rate = data.batch, data.learningRate
    n0, n1, n2, n3 = data.layers[0]['inputs'], *(layer['outputs'] for layer in data.layers)
    shapes = [(n0 + 1, n1), (n1 + 1, n2), (n2 + 1, n3)]
    sizes = [rows * columns for rows, columns in shapes]
    parameters, gradients = np.empty(sum(sizes), f), np.empty(sum(sizes), f)
    ends = np.cumsum(sizes)[:-1]
    w1, w2, w3 = (part.reshape(shape) for part, shape in zip(np.split(parameters, ends), shapes))
    g1, g2, g3 = (part.reshape(shape) for part, shape in zip(np.split(gradients, ends), shapes))
    for i, w in enumerate((w1, w2, w3)):
        w[:-1], w[-1] = data.arrays[f'w{i}'], data.arrays[f'b{i}']
    ones = np.ones((data.batches, batch, 1), f)
    xs = list(np.concatenate([data.arrays['x'], ones], 2))
    pairs = list(zip(xs, [x.T for x in xs], data.arrays['t']))

    z1, h1, s1, d1 = np.empty((batch, n1), f), np.ones((batch, n1 + 1), f), np.empty((batch, n1), f), np.empty((batch, n1), f)
    z2, h2, s2, d2 = np.empty((batch, n2), f), np.ones((batch, n2 + 1), f), np.empty((batch, n2), f), np.empty((batch, n2), f)
    y, s3, d3 = np.empty((batch, n3), f), np.empty((batch, n3), f), np.empty((batch, n3), f)
    a1, a2 = h1[:, :n1], h2[:, :n2]
    h1_t, h2_t, w2_t, w3_t = h1.T, h2.T, w2[:-1].T, w3[:-1].T
    one, scale = np.array(1, f), np.array(rate * 2 / (batch * n3), f)
    dot, tanh, multiply, subtract = np.dot, np.tanh, np.multiply, np.subtract

    def forward(x):
        dot(x, w1, z1)
        tanh(z1, a1)
        dot(h1, w2, z2)
        tanh(z2, a2)
        dot(h2, w3, y)
        tanh(y, y)

    def step(k):
        x, x_t, t = pairs[k]
        forward(x)
        subtract(y, t, d3)
        multiply(y, y, s3)
        subtract(one, s3, s3)
        multiply(d3, s3, d3)
        multiply(d3, scale, d3)
        dot(h2_t, d3, g3)
        dot(d3, w3_t, d2)
        multiply(a2, a2, s2)
        subtract(one, s2, s2)
        multiply(d2, s2, d2)
        dot(h1_t, d2, g2)
        dot(d2, w2_t, d1)
        multiply(a1, a1, s1)
        subtract(one, s1, s1)
        multiply(d1, s1, d1)
        dot(x_t, d1, g1)
        subtract(parameters, gradients, parameters)

    def predict(k):
        forward(pairs[k][0])
        return y

    return protocol.Trainer(step, predict)


def online(data):
    """One dense logistic layer, one example a step, each step vectorised; the bias is the last row of the weights."""
    inputs, outputs = data.layers[0]['inputs'], data.layers[0]['outputs']
    w = np.concatenate([data.arrays['w0'], data.arrays['b0'][None]])
    x = np.concatenate([data.arrays['x'][:, 0], np.ones((data.batches, 1))], 1)
    pairs = list(zip(x, x[:, :, None], data.arrays['t'][:, 0]))
    y, s, d, g = np.empty(outputs), np.empty(outputs), np.empty(outputs), np.empty((inputs + 1, outputs))
    one, rate = np.array(1.0), np.array(data.learningRate)
    dot, exp, negative, add, divide = np.dot, np.exp, np.negative, np.add, np.divide
    multiply, subtract = np.multiply, np.subtract

    def forward(x):
        dot(x, w, y)
        negative(y, y)
        exp(y, y)
        add(y, one, y)
        divide(one, y, y)

    def step(k):
        x, column, t = pairs[k]
        forward(x)
        subtract(y, t, d)
        subtract(one, y, s)
        multiply(s, y, s)
        multiply(s, rate, s)
        multiply(d, s, d)
        multiply(column, d, g)
        subtract(w, g, w)

    def predict(k):
        forward(pairs[k][0])
        return y

    return protocol.Trainer(step, predict)


class Softmax:
    """Softmax in place, and its error times the learning rate."""

    def __init__(self, data):
        self.one_hot = list(data.one_hot())
        self.scale = np.array(data.learningRate / data.batch, data.precision)
        self.column = np.empty((data.batch, 1), data.precision)

    def forward(self, z):
        column = self.column
        np.maximum.reduce(z, 1, out=column, keepdims=True)
        np.subtract(z, column, z)
        np.exp(z, z)
        np.add.reduce(z, 1, out=column, keepdims=True)
        np.divide(z, column, z)

    def error(self, z, k):
        np.subtract(z, self.one_hot[k], z)
        np.multiply(z, self.scale, z)


def dense(data):
    """Dense ReLU layers, then softmax cross-entropy."""
    f = data.precision
    layers = data.layers
    w = [data.arrays[f'w{i}'] for i in range(len(layers))]
    b = [data.arrays[f'b{i}'] for i in range(len(layers))]
    gw, gb = [np.empty_like(p) for p in w], [np.empty_like(p) for p in b]
    h = [np.empty((data.batch, layer['outputs']), f) for layer in layers]
    d = [np.empty_like(a) for a in h[:-1]]
    masks = [np.empty(a.shape, bool) for a in d]
    w_t, h_t = [p.T for p in w], [a.T for a in h]
    x = list(data.arrays['x'])
    softmax = Softmax(data)
    ones, zero = np.ones(data.batch, f), np.array(0, f)
    last = len(layers) - 1

    def forward(k):
        below = x[k]
        for i in range(last + 1):
            z = h[i]
            np.dot(below, w[i], z)
            np.add(z, b[i], z)
            if i < last:
                np.maximum(z, zero, z)
            below = z
        softmax.forward(h[last])

    def step(k):
        forward(k)
        delta = h[last]
        softmax.error(delta, k)
        for i in range(last, -1, -1):
            np.dot(h_t[i - 1] if i > 0 else x[k].T, delta, gw[i])
            np.dot(ones, delta, gb[i])
            if i > 0:
                np.dot(delta, w_t[i], d[i - 1])
                np.greater(h[i - 1], zero, masks[i - 1])
                np.multiply(d[i - 1], masks[i - 1], d[i - 1])
                delta = d[i - 1]
            np.subtract(w[i], gw[i], w[i])
            np.subtract(b[i], gb[i], b[i])

    def predict(k):
        forward(k)
        return h[last]

    return protocol.Trainer(step, predict)


def linear(data):
    """One dense layer without activation, half sum of squares."""
    w, b = data.arrays['w0'], data.arrays['b0']
    x, t = list(data.arrays['x']), list(data.arrays['t'])
    y, gw, gb = np.empty_like(t[0]), np.empty_like(w), np.empty_like(b)
    ones, scale = np.ones(data.batch, w.dtype), np.array(data.learningRate / data.batch, w.dtype)

    def forward(k):
        np.dot(x[k], w, y)
        np.add(y, b, y)

    def step(k):
        forward(k)
        np.subtract(y, t[k], y)
        np.multiply(y, scale, y)
        np.dot(x[k].T, y, gw)
        np.dot(ones, y, gb)
        np.subtract(w, gw, w)
        np.subtract(b, gb, b)

    def predict(k):
        forward(k)
        return y

    return protocol.Trainer(step, predict)


def grid(data):
    """The sum over 3 x 3 neighbours is the sum of three neighbours across and then of three down. All examples lie in
    one flat array with one cell of padding behind every row and one row of it behind every example, so that a shift is
    one contiguous slice of the whole batch, and padding stays 0 because its weights are."""
    f = data.precision
    layer, batch = data.layers[0], data.batch
    rows, columns, depth = layer['rows'], layer['columns'], layer['depth']
    pitch = columns + 1
    cells = (rows + 1) * pitch
    margin = pitch + 1

    def padded(values):
        out = np.zeros((*values.shape[:-1], rows + 1, pitch), f)
        out[..., :rows, :columns] = values.reshape(*values.shape[:-1], rows, columns)
        return out.reshape(*values.shape[:-1], cells)

    w, b = padded(data.arrays['w0']), padded(data.arrays['b0'])
    mask = padded(np.ones(rows * columns, f))
    gw, gb = np.empty_like(w), np.empty_like(b)
    # The dense layer reads the padding too, through weights that stay 0.
    v, c = padded(data.arrays['w1'].T).T.copy(), data.arrays['b1']
    gv, gc = np.empty_like(v), np.empty_like(c)
    mask_column = mask[:, None]
    x = list(padded(data.arrays['x']))
    y = [np.empty((batch, cells), f) for _ in range(depth)]
    s = np.empty((batch, cells), f)

    u_flat = np.zeros(batch * cells + 2 * margin, f)
    u = u_flat[margin:-margin].reshape(batch, cells)
    left, middle, right = u_flat[:-2], u_flat[1:-1], u_flat[2:]
    across = np.empty(len(middle), f)
    above, here, below = across[: -2 * pitch], across[pitch:-pitch], across[2 * pitch :]
    z_flat = np.empty(batch * cells, f)
    z = z_flat.reshape(batch, cells)

    def add_neighbours():
        """z = for each cell the sum of u over the cells around it."""
        np.add(left, middle, across)
        np.add(across, right, across)
        np.add(above, here, z_flat)
        np.add(z_flat, below, z_flat)

    softmax = Softmax(data)
    output = np.empty((batch, data.layers[1]['outputs']), f)
    ones, one = np.ones(batch, f), np.array(1, f)

    def forward(k):
        h = x[k]
        for layer in range(depth):
            np.multiply(h, w[layer], u)
            add_neighbours()
            np.add(z, b[layer], z)
            h = y[layer]
            np.tanh(z, h)
        np.dot(h, v, output)
        np.add(output, c, output)
        softmax.forward(output)

    def step(k):
        forward(k)
        softmax.error(output, k)
        np.dot(y[-1].T, output, gv)
        np.multiply(gv, mask_column, gv)
        np.dot(ones, output, gc)
        np.dot(output, v.T, z)
        np.subtract(v, gv, v)
        np.subtract(c, gc, c)
        for layer in range(depth - 1, -1, -1):
            # z holds dL/dy; u becomes dL/dz, and z its sum over neighbours.
            np.multiply(y[layer], y[layer], s)
            np.subtract(one, s, s)
            np.multiply(z, s, u)
            np.dot(ones, u, gb[layer])
            add_neighbours()
            np.einsum('bi,bi->i', y[layer - 1] if layer > 0 else x[k], z, out=gw[layer])
            if layer > 0:
                np.multiply(z, w[layer], z)
        np.multiply(gw, mask, gw)
        np.subtract(w, gw, w)
        np.subtract(b, gb, b)

    def predict(k):
        forward(k)
        return output

    return protocol.Trainer(step, predict)


def product(data):
    a, b = data.arrays['a'], data.arrays['b']
    c = np.empty((data.m, data.n), np.float32)

    def step():
        np.matmul(a, b, out=c)

    def predict(_):
        step()
        return c

    return protocol.Trainer(step, predict)


def build(data):
    if data.id.startswith('gemm'):
        return product(data)
    if data.id.startswith('sweep'):
        return linear(data)
    return {'A': playground, 'B': online, 'C': dense, 'D': dense, 'E': grid}[data.id](data)


protocol.serve(
    build,
    {'python': platform.python_version(), 'numpy': np.__version__, 'blas': protocol.blas_version()},
)
sys.exit(0)

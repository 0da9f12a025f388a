# Figures of PyTorch (1.13, float64, CPU): every optimizer on given gradients, and small networks trained by it.
# apt-get install python3-torch; /usr/bin/python3 test/golden/torch-training.py
import json, os
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
here = os.path.dirname(os.path.abspath(__file__))

# ---- optimizers on a fixed sequence of gradients
start = torch.randn(5)
gradients = torch.randn(8, 5)
make = dict(
    sgd=lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    momentum=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05),
    nesterov=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05),
    rmsprop=lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8, weight_decay=0.05),
    adam=lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05),
    adamw=lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05),
)
optimizers = {}
for name, build in make.items():
    w = torch.nn.Parameter(start.clone())
    optimizer = build([w])
    steps = []
    for g in gradients:
        w.grad = g.clone()
        optimizer.step()
        steps.append(w.detach().tolist())
    optimizers[name] = steps

# ---- activations and losses at a few points, with derivatives
points = [-5.0, -1.5, -0.3, 0.2, 0.9, 4.0]
functions = {
    'identity': lambda x: x, 'logistic': torch.sigmoid, 'tanh': torch.tanh, 'relu': torch.relu,
    'leaky-relu': lambda x: torch.nn.functional.leaky_relu(x, 0.01), 'elu': torch.nn.functional.elu,
    'gelu': torch.nn.functional.gelu, 'softplus': torch.nn.functional.softplus, 'sine': torch.sin,
}
activations = {}
for name, f in functions.items():
    x = torch.tensor(points, requires_grad=True)
    y = f(x)
    y.sum().backward()
    activations[name] = dict(y=y.tolist(), slope=x.grad.tolist())

# ---- whole networks: losses of 12 steps of full batches
def network(sizes, activation, output, loss, optimizer, targets, inputs):
    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    w = [layer.weight.detach().flatten().tolist() for layer in layers]
    b = [layer.bias.detach().tolist() for layer in layers]
    parameters = [p for layer in layers for p in layer.parameters()]
    step = optimizer(parameters)
    losses = []
    for _ in range(12):
        y = inputs
        for layer in layers[:-1]:
            y = activation(layer(y))
        y = output(layers[-1](y))
        value = loss(y, targets)
        losses.append(value.item())
        step.zero_grad()
        value.backward()
        step.step()
    return dict(weights=sum(w, []), biases=sum(b, []), losses=losses,
                weightsAfter=sum([layer.weight.detach().flatten().tolist() for layer in layers], []))

inputs = torch.randn(7, 3)
classes = torch.tensor([0, 1, 2, 3, 1, 0, 2])
binary = torch.tensor([[0.], [1.], [1.], [0.], [1.], [0.], [0.]])
numbers = torch.randn(7, 2)
identity = lambda x: x
F = torch.nn.functional
networks = {
    'softmax': network([3, 5, 4], torch.tanh, identity, F.cross_entropy, lambda p: torch.optim.Adam(p, lr=0.05), classes, inputs),
    'logistic': network([3, 5, 1], F.gelu, identity, F.binary_cross_entropy_with_logits, lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.9), binary, inputs),
    'mse': network([3, 6, 5, 2], F.softplus, identity, F.mse_loss, lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9), numbers, inputs),
    'huber': network([3, 4, 2], torch.sin, identity, F.huber_loss, lambda p: torch.optim.SGD(p, lr=0.1), numbers, inputs),
    'mae': network([3, 4, 2], F.elu, identity, F.l1_loss, lambda p: torch.optim.SGD(p, lr=0.1), numbers, inputs),
}
json.dump(dict(start=start.tolist(), gradients=gradients.tolist(), optimizers=optimizers, points=points,
               activations=activations, inputs=inputs.flatten().tolist(), classes=classes.tolist(),
               binary=binary.flatten().tolist(), numbers=numbers.flatten().tolist(), networks=networks),
          open(os.path.join(here, 'torch-training.json'), 'w'))

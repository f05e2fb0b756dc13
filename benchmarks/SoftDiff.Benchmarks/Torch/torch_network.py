"""The network 32-64-10 with tanh and cross-entropy in PyTorch, one thread, float64: products with the Hessian, and gradients of every example."""

import torch

from serve import serve

torch.set_default_dtype(torch.float64)
INPUTS, HIDDEN, CLASSES = 32, 64, 10


def uniform(generator, size, *shape):
    return size * (2 * torch.rand(shape, generator=generator) - 1)


def weights(generator):
    shapes = [(0.2, HIDDEN, INPUTS), (0.1, HIDDEN), (0.2, CLASSES, HIDDEN), (0.1, CLASSES)]
    return [uniform(generator, *shape) for shape in shapes]


def examples(generator, batch):
    return uniform(generator, 1, batch, INPUTS), torch.randint(CLASSES, (batch,), generator=generator)


def product(batch):
    """The gradient, differentiated along a direction by a second reverse sweep, as torch.autograd.functional.hvp does it."""
    generator = torch.Generator().manual_seed(1)
    parameters = [w.requires_grad_() for w in weights(generator)]
    w1, b1, w2, b2 = parameters
    x, labels = examples(generator, batch)
    direction = weights(generator)

    def run():
        logits = torch.addmm(b2, torch.tanh(torch.addmm(b1, x, w1.t())), w2.t())
        loss = torch.nn.functional.cross_entropy(logits, labels, reduction="sum")
        gradient = torch.autograd.grad(loss, parameters, create_graph=True)
        return torch.autograd.grad(gradient, parameters, grad_outputs=direction)

    return run


def gradients(batch):
    """Each example has weights of its own, views of the shared ones, so one reverse sweep gives the gradients of all."""
    generator = torch.Generator().manual_seed(1)
    shared = weights(generator)
    x, labels = examples(generator, batch)

    def run():
        own = [w.expand(batch, *w.shape).requires_grad_() for w in shared]
        w1, b1, w2, b2 = own
        hidden = torch.tanh(torch.baddbmm(b1.unsqueeze(-1), w1, x.unsqueeze(-1)))
        logits = torch.baddbmm(b2.unsqueeze(-1), w2, hidden).squeeze(-1)
        loss = torch.nn.functional.cross_entropy(logits, labels, reduction="sum")
        return torch.autograd.grad(loss, own)

    return run


def work(name):
    kind, batch = name.split(":")
    return {"product": product, "gradients": gradients}[kind](int(batch))


serve(work)

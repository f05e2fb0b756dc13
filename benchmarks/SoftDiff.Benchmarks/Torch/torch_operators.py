"""The operators as PyTorch expressions, one thread, float32, forward and backward."""

import numpy as np
import torch

from serve import serve

SOFTNESS = 0.1


def squash(x):
    mean = x.mean(-1, keepdim=True)
    deviation = torch.sqrt(((x - mean) ** 2).mean(-1, keepdim=True) + 1e-6)
    return torch.sigmoid((x - mean) / deviation)


def soft_sort(x):
    w = squash(x)
    anchors = torch.sort(w, dim=-1).values
    rows = torch.softmax(-(anchors.unsqueeze(-1) - w.unsqueeze(-2)).abs() / SOFTNESS, dim=-1)
    return (rows @ x.unsqueeze(-1)).squeeze(-1)


def neural_rows(x):
    n = x.shape[-1]
    w = squash(x)
    difference = w.unsqueeze(-1) - w.unsqueeze(-2)
    distances = (difference * (2 * torch.sigmoid(difference / SOFTNESS) - 1)).sum(-2)
    positions = n + 1 - 2 * torch.arange(1, n + 1, dtype=x.dtype)
    return torch.softmax(-(positions.unsqueeze(-1) * w.unsqueeze(-2) + distances.unsqueeze(-2)) / SOFTNESS, dim=-1)


def neural_sort(x):
    return (neural_rows(x) @ x.unsqueeze(-1)).squeeze(-1)


def soft_rank(x):
    rows = neural_rows(x)
    positions = torch.arange(1, x.shape[-1] + 1, dtype=x.dtype)
    return (positions.unsqueeze(-1) * rows).sum(-2) / rows.sum(-2).clamp_min(1e-10)


def arg_max(x):
    return torch.softmax(squash(x) / SOFTNESS, dim=-1)


class Projection(torch.autograd.Function):
    """The Euclidean projection onto the permutahedron, by the usual loop on the processor: there is no operator for it."""

    @staticmethod
    def forward(context, z, w):
        difference = (z - w).detach().numpy().astype(np.float64)
        n = len(difference)
        sums, counts = [], []
        for value in difference:
            total, count = float(value), 1
            while sums and sums[-1] * count < total * counts[-1]:
                total += sums.pop()
                count += counts.pop()
            sums.append(total)
            counts.append(count)
        counts = torch.tensor(counts)
        context.save_for_backward(counts)
        levels = torch.repeat_interleave(torch.tensor(sums) / counts, counts).to(z.dtype)
        assert len(levels) == n
        return z - levels

    @staticmethod
    def backward(context, gradient):
        (counts,) = context.saved_tensors
        blocks = torch.repeat_interleave(torch.arange(len(counts)), counts)
        means = torch.zeros(len(counts), dtype=gradient.dtype).index_add_(0, blocks, gradient) / counts
        mean = torch.repeat_interleave(means.to(gradient.dtype), counts)
        return gradient - mean, mean


def fast_soft_sort(x):
    n = len(x)
    mean = x.mean()
    deviation = torch.sqrt(((x - mean) ** 2).mean() + 1e-6)
    w = torch.sigmoid((x - mean) / deviation)
    anchors = torch.flip(torch.arange(n, dtype=x.dtype) / (n - 1) / SOFTNESS, (0,))
    y = torch.flip(Projection.apply(anchors, torch.sort(w, descending=True).values), (0,))
    y = y.clamp(1e-6, 1 - 1e-6)
    return torch.log(y / (1 - y)) * deviation + mean


def transport(x):
    n = len(x)
    w = squash(x)
    anchors = torch.arange(n, dtype=x.dtype) / (n - 1)
    cost = (w.unsqueeze(-1) - anchors) ** 2 / SOFTNESS
    logarithm = -torch.log(torch.tensor(float(n)))
    f, g = torch.zeros(n), torch.zeros(n)
    for _ in range(10000):
        f = logarithm - torch.logsumexp(g - cost, dim=1)
        g = logarithm - torch.logsumexp(f.unsqueeze(1) - cost, dim=0)
        plan = torch.exp(f.unsqueeze(1) + g - cost)
        if (plan.sum(1) - 1 / n).abs().max() * n < 1e-5:
            break
    return n * plan.transpose(0, 1) @ x


def inputs(shape):
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(shape, generator=generator)
    return x.requires_grad_(), torch.randn(shape, generator=generator)


OPERATORS = {
    "SoftSort": soft_sort,
    "NeuralSort": neural_sort,
    "FastSoftSort": fast_soft_sort,
    "rank": soft_rank,
    "argmax": arg_max,
    "OptimalTransport": transport,
}


def work(name):
    operator, size = name.split(":")
    function = OPERATORS[operator]
    x, cotangent = inputs([int(part) for part in size.split("x")])

    def run():
        x.grad = None
        function(x).backward(cotangent)

    return run


serve(work)

"""The recipes' models on PyTorch, for bench/peers/pytorch.ts: one line of JSON a measurement.

usage: pytorch.py MODEL TASK BATCH OPTIMIZER     TASK: 'training step' or 'inference'; OPTIMIZER: adam, rmsprop or sgd

Milliseconds, the median after warm-up, of the default layout (NCHW) and of channels_last. Run it with OMP_NUM_THREADS and
an allocator that keeps its memory, as pytorch.ts does.
"""
import json
import os
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

# Keras's defaults, which are not PyTorch's.
BATCH_NORM = {"eps": 1e-3, "momentum": 0.01}


def conv(inputs, outputs, size, **options):
    return [nn.Conv2d(inputs, outputs, size, **options), nn.ReLU()]


def dense(inputs, outputs):
    return [nn.Linear(inputs, outputs), nn.ReLU()]


def lenet():
    features = [*conv(1, 6, 5, padding=2), nn.MaxPool2d(2), *conv(6, 16, 5), nn.MaxPool2d(2), nn.Flatten()]
    return nn.Sequential(*features, *dense(400, 120), *dense(120, 84), nn.Linear(84, 10))


def simple_cnn(filters):
    features = [*conv(1, filters, 3), nn.MaxPool2d(2), nn.Flatten()]
    return nn.Sequential(*features, *dense(169 * filters, 200), *dense(200, 100), nn.Linear(100, 10))


def batch_norm_cnn():
    return nn.Sequential(
        *conv(1, 32, 3), nn.BatchNorm2d(32, **BATCH_NORM), *conv(32, 32, 3), nn.MaxPool2d(2),
        nn.BatchNorm2d(32, **BATCH_NORM), *conv(32, 64, 3), nn.BatchNorm2d(64, **BATCH_NORM), *conv(64, 64, 3),
        nn.MaxPool2d(2), nn.Flatten(), nn.BatchNorm1d(1024, **BATCH_NORM), *dense(1024, 512),
        nn.BatchNorm1d(512, **BATCH_NORM), nn.Dropout(0.2), nn.Linear(512, 10),
    )


def strided_cnn():
    return nn.Sequential(
        *conv(1, 16, 5, stride=2, padding=2), *conv(16, 32, 3, padding=1), nn.BatchNorm2d(32, **BATCH_NORM),
        *conv(32, 32, 3, stride=2, padding=1), nn.BatchNorm2d(32, **BATCH_NORM), nn.Dropout(0.25),
        *conv(32, 64, 3, padding=1), nn.BatchNorm2d(64, **BATCH_NORM), *conv(64, 64, 3, stride=2, padding=1),
        nn.BatchNorm2d(64, **BATCH_NORM), nn.Dropout(0.25), nn.Flatten(), *dense(1024, 256),
        nn.BatchNorm1d(256, **BATCH_NORM), nn.Dropout(0.25), nn.Linear(256, 10),
    )


def alexnet():
    return nn.Sequential(
        *conv(1, 96, 3, padding=1), nn.MaxPool2d(2), *conv(96, 256, 5, padding=2), nn.MaxPool2d(2),
        *conv(256, 384, 3, padding=1), *conv(384, 384, 3, padding=1), *conv(384, 256, 3, padding=1),
        nn.MaxPool2d(3, 2), nn.Flatten(), *dense(2304, 4096), nn.Dropout(0.5), *dense(4096, 4096), nn.Dropout(0.5),
        nn.Linear(4096, 10),
    )


IMAGE = (1, 28, 28)
MODELS = {
    "lenet": (lenet, IMAGE),
    "alexnet": (alexnet, IMAGE),
    "batch-norm-cnn": (batch_norm_cnn, IMAGE),
    "strided-cnn": (strided_cnn, IMAGE),
    "mlp-plain": (lambda: nn.Sequential(*dense(784, 256), *dense(256, 256), nn.Linear(256, 10)), (784,)),
    "simple-cnn-a": (lambda: simple_cnn(32), IMAGE),
    "simple-cnn-b": (lambda: simple_cnn(64), IMAGE),
}
OPTIMIZERS = {
    "adam": lambda parameters: torch.optim.Adam(parameters, 1e-3),
    "rmsprop": lambda parameters: torch.optim.RMSprop(parameters, 1e-3, alpha=0.9),
    "sgd": lambda parameters: torch.optim.SGD(parameters, 1e-3),
}


def median_milliseconds(run):
    """As bench/measure.ts, of a model: two seconds of warm-up, then at least 3 calls in a second, at most 4 s."""
    start = time.perf_counter()
    while time.perf_counter() - start < 2:
        run()
    times = []
    start = time.perf_counter()
    while True:
        before = time.perf_counter()
        run()
        after = time.perf_counter()
        times.append(1000 * (after - before))
        spent = after - start
        if len(times) >= 3 and (spent > 4 or (spent > 1 and len(times) > 6)):
            return statistics.median(times)


def measure(name, task, batch, optimizer_name, layout):
    create, shape = MODELS[name]
    model = create().to(memory_format=layout)
    x = torch.rand(batch, *shape)
    if len(shape) == 3:
        x = x.to(memory_format=layout)
    if task == "inference":
        model.eval()
        with torch.inference_mode():
            return median_milliseconds(lambda: F.softmax(model(x), 1))
    y = torch.randint(0, 10, (batch,))
    optimizer = OPTIMIZERS[optimizer_name](model.parameters())

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return median_milliseconds(step)


def main():
    name, task, batch, optimizer = sys.argv[1:]
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    layouts = {"contiguous": torch.contiguous_format}
    if len(MODELS[name][1]) == 3:
        layouts["channels_last"] = torch.channels_last
    result = {layout: measure(name, task, int(batch), optimizer, format) for layout, format in layouts.items()}
    print(json.dumps(result))


main()

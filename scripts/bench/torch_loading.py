"""The yardstick: how fast torchvision and PyTorch's DataLoader prepare the images of a folder.

Decoding by Pillow, RandomResizedCrop (bicubic) to 224 x 224, RandomHorizontalFlip, ToTensor; worker processes. Prints one
JSON line with the keys of loading.ts.

    python scripts/bench/torch_loading.py FOLDER --workers 2
"""
import argparse
import itertools
import json
import os
import time

import torch
import torchvision
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

BATCH_SIZE = 64
WARM_UP_BATCHES = 8


def processor_seconds():
    """Of this process and of its workers, which have not ended yet."""
    processes = [os.getpid(), *(process.pid for process in torch.multiprocessing.active_children())]
    ticks = 0
    for process in processes:
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(folder, workers):
    preparation = transforms.Compose([
        transforms.RandomResizedCrop(224, interpolation=transforms.InterpolationMode.BICUBIC),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
    ])
    images = ImageFolder(os.path.join(folder, "train"), preparation)
    loader = DataLoader(images, BATCH_SIZE, shuffle=True, num_workers=workers, drop_last=True, persistent_workers=True)
    for _ in itertools.islice(loader, WARM_UP_BATCHES):
        pass
    begin, used, count = time.perf_counter(), processor_seconds(), 0
    for batch, _ in loader:
        count += len(batch)
    seconds, used = time.perf_counter() - begin, processor_seconds() - used
    return {
        "engine": f"torchvision {torchvision.__version__.split('+')[0]}",
        "workers": workers,
        "images": count,
        "imagesPerSecond": round(count / seconds, 1),
        "processorMsPerImage": round(used * 1e3 / count, 2),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(measure(arguments.folder, arguments.workers)))


main()

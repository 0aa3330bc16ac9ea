"""Images as a network that Exitlab has trained takes them. Needs torch, and Pillow where images have to be scaled.

    images = prepare(pixels)      # pixels: uint8 [images, channels, height, width], as in the data set

In this order: images of another size than the network was trained on are scaled and cropped as in training, pixels are divided by 255, zero
pixels are put around them, and each channel is normalised, these zeros too.
"""
import json
from pathlib import Path

import torch
from torch.nn import functional as F


def prepare(pixels, folder=Path(__file__).parent):
    """The network's input, float32 [images, channels, height, width]. `folder`: that of network.json."""
    spec = json.loads((Path(folder) / 'network.json').read_text())
    height, width = sides(spec)
    if tuple(pixels.shape[2:]) != (height, width):
        if height != width:
            raise ValueError(f'expected images of {height} × {width} pixels, got {tuple(pixels.shape[2:])}')
        pixels = torch.stack([scaled(each, height) for each in pixels])
    framed = F.pad(pixels.float() / 255, [spec['pad']] * 4)
    mean, std = (torch.tensor(spec['normalisation'][key]).view(1, -1, 1, 1) for key in ('mean', 'std'))
    return (framed - mean) / std


def sides(spec):
    """Height and width of the images before zeros are put around them."""
    if 'inputShape' in spec:
        return tuple(spec['inputShape'][:2])
    return (spec['imageSize'] - 2 * spec['pad'],) * 2


def scaled(pixels, side):
    """The shorter side to `side` pixels by bicubic interpolation, then the centre of side × side."""
    from PIL import Image

    height, width = pixels.shape[1:]
    size = [int(side * each / min(height, width)) for each in (width, height)]
    left, top = [round((each - side) / 2) for each in size]
    box = (left, top, left + side, top + side)
    # Channel by channel: any number of them.
    return torch.stack([torch.tensor(list(
        Image.frombytes('L', (width, height), each.contiguous().numpy().tobytes())
        .resize(size, Image.Resampling.BICUBIC).crop(box).tobytes()), dtype=torch.uint8).view(side, side) for each in pixels])

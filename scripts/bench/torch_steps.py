"""The yardstick: one training step of the bench networks in PyTorch, on the processor or an NVIDIA card.

A step is the forward pass to every exit, the mean of the exits' cross-entropies, the backward pass and AdamW, on random
images or texts in training mode. On a card, inputs come from pinned memory in every step, steps are timed several at once,
and memory is that of PyTorch's tensors. Prints one JSON line a case, with the keys of `exitlab bench`.

    python scripts/bench/torch_steps.py resnet20 vit --threads 2 --precision bfloat16 --mode "compile channels_last"
"""
import argparse
import json
import resource
import statistics
import time
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")


def conv_bn(inputs, outputs, size, stride):
    return nn.Sequential(nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs))


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first, self.second = conv_bn(inputs, outputs, 3, stride), conv_bn(outputs, outputs, 3, 1)
        changes = stride != 1 or inputs != outputs
        self.shortcut = conv_bn(inputs, outputs, 1, stride) if changes else nn.Identity()

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


class PooledHead(nn.Module):
    """Shallow-deep networks' head: a learned mix of max and mean pooling to 4 x 4, then one linear layer."""

    def __init__(self, channels, classes):
        super().__init__()
        self.mix, self.fc = nn.Parameter(torch.rand(())), nn.Linear(16 * channels, classes)

    def forward(self, x):
        pooled = self.mix * F.adaptive_max_pool2d(x, 4) + (1 - self.mix) * F.adaptive_avg_pool2d(x, 4)
        return self.fc(pooled.flatten(1))


class MultiExitResNet(nn.Module):
    def __init__(self, widths, counts, exits, classes):
        super().__init__()
        self.stem, self.blocks, self.heads = conv_bn(3, widths[0], 3, 1), nn.ModuleList(), nn.ModuleDict()
        channels = widths[0]
        for stage, (width, count) in enumerate(zip(widths, counts)):
            for position in range(count):
                self.blocks.append(BasicBlock(channels, width, 2 if stage > 0 and position == 0 else 1))
                channels = width
                if len(self.blocks) - 1 in exits:
                    self.heads[str(len(self.blocks) - 1)] = PooledHead(width, classes)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        x, logits = F.relu(self.stem(x)), []
        for index, block in enumerate(self.blocks):
            x = block(x)
            if str(index) in self.heads:
                logits.append(self.heads[str(index)](x))
        return [*logits, self.classifier(x.mean((2, 3)))]


class EncoderBlock(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.heads, self.norm1, self.norm2 = heads, nn.LayerNorm(dim, 1e-6), nn.LayerNorm(dim, 1e-6)
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.mlp = nn.Sequential(nn.Linear(dim, hidden), nn.GELU(), nn.Linear(hidden, dim))

    def forward(self, x):
        batch, tokens, dim = x.shape
        packed = self.qkv(self.norm1(x)).view(batch, tokens, 3, self.heads, dim // self.heads)
        q, k, v = packed.permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, tokens, dim)
        x = x + self.out(attended)
        return x + self.mlp(self.norm2(x))


class MultiExitViT(nn.Module):
    def __init__(self, patch, dim, hidden, depth, heads, exits, classes):
        super().__init__()
        tokens = (32 // patch) ** 2 + 1
        self.patch = nn.Conv2d(3, dim, patch, patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embedding = nn.Parameter(torch.randn(1, tokens, dim) * 0.02)
        self.blocks = nn.ModuleList(EncoderBlock(dim, heads, hidden) for _ in range(depth))
        self.heads = nn.ModuleDict({str(exit): nn.Linear(dim, classes) for exit in exits})
        self.norm, self.classifier = nn.LayerNorm(dim, 1e-6), nn.Linear(dim, classes)

    def forward(self, x):
        patches = self.patch(x).flatten(2).transpose(1, 2)
        x, logits = torch.cat([self.cls_token.expand(len(x), -1, -1), patches], 1) + self.pos_embedding, []
        for index, block in enumerate(self.blocks):
            x = block(x)
            if str(index) in self.heads:
                logits.append(self.heads[str(index)](x[:, 0]))
        return [*logits, self.classifier(self.norm(x)[:, 0])]


class BertLayer(nn.Module):
    """Post-norm attention and feed-forward sub-blocks with dropout, as transformers' BertLayer with scaled_dot_product_attention."""

    def __init__(self, dim, heads, hidden, rate):
        super().__init__()
        self.heads, self.rate, self.drop = heads, rate, nn.Dropout(rate)
        self.query, self.key, self.value, self.out = (nn.Linear(dim, dim) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(dim, 1e-12), nn.LayerNorm(dim, 1e-12)
        self.widen, self.narrow = nn.Linear(dim, hidden), nn.Linear(hidden, dim)

    def forward(self, x, mask):
        batch, tokens, dim = x.shape
        q, k, v = (part(x).view(batch, tokens, self.heads, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        attended = F.scaled_dot_product_attention(q, k, v, mask, self.rate if self.training else 0)
        x = self.norm1(x + self.drop(self.out(attended.transpose(1, 2).reshape(batch, tokens, dim))))
        return self.norm2(x + self.drop(self.narrow(F.gelu(self.widen(x)))))


class MultiExitBert(nn.Module):
    def __init__(self, vocabulary, length, dim, hidden, depth, heads, classes, rate=0.1):
        super().__init__()
        self.word, self.position, self.segment = (nn.Embedding(rows, dim) for rows in (vocabulary, length, 2))
        self.norm, self.drop = nn.LayerNorm(dim, 1e-12), nn.Dropout(rate)
        self.layers = nn.ModuleList(BertLayer(dim, heads, hidden, rate) for _ in range(depth))
        self.exits = nn.ModuleList(nn.Linear(dim, classes) for _ in range(depth - 1))
        self.pooler, self.classifier = nn.Linear(dim, dim), nn.Linear(dim, classes)

    def forward(self, ids, mask, segments):
        x = self.word(ids) + self.segment(segments) + self.position.weight[: ids.shape[1]]
        x, logits = self.drop(self.norm(x)), []
        mask = (1.0 - mask[:, None, None].float()) * torch.finfo(torch.float32).min
        for layer, head in zip(self.layers, [*self.exits, None]):
            x = layer(x, mask)
            if head is not None:
                logits.append(head(x[:, 0]))
        return [*logits, self.classifier(self.drop(torch.tanh(self.pooler(x[:, 0]))))]


def images(batch, side=32):
    return (torch.randn(batch, 3, side, side),)


def texts(batch, length=64, vocabulary=30522):
    """Ids, mask (half of it 1) and segments."""
    return tuple(torch.randint(0, end, (batch, length)) for end in (vocabulary, 2, 2))


def conv_bn_relu(inputs, outputs, size, stride):
    return nn.Sequential(*conv_bn(inputs, outputs, size, stride), nn.ReLU(True))


def growth(inputs, outputs, stride, bottleneck):
    inner = min(inputs, bottleneck * outputs)
    return nn.Sequential(conv_bn_relu(inputs, inner, 1, 1), conv_bn_relu(inner, outputs, 3, stride))


class DenseLayer(nn.Module):
    """Maps at scales `first` to 2 become maps at scales `kept` to 2."""

    def __init__(self, channels, first, kept):
        super().__init__()
        self.drops, factors, self.down, self.normal = kept - first, [1, 2, 4], nn.ModuleList(), nn.ModuleList()
        for scale in range(kept, 3):
            finer = scale > first
            outputs = 6 * factors[scale] // (2 if finer else 1)
            if finer:
                self.down.append(growth(channels * factors[scale - 1], outputs, 2, factors[scale - 1]))
            self.normal.append(growth(channels * factors[scale], outputs, 1, factors[scale]))

    def forward(self, maps):
        results, offset = [], len(self.normal) - len(self.down)
        for index, normal in enumerate(self.normal):
            x, down = maps[index + self.drops], index - offset
            finer = [self.down[down](maps[index + self.drops - 1])] if down >= 0 else []
            results.append(torch.cat([x, *finer, normal(x)], 1))
        return results


class FirstLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.scales = nn.ModuleList([conv_bn_relu(3, 16, 3, 1), conv_bn_relu(16, 32, 3, 2), conv_bn_relu(32, 64, 3, 2)])

    def forward(self, x):
        maps = []
        for scale in self.scales:
            x = scale(x)
            maps.append(x)
        return maps


class Transition(nn.Module):
    def __init__(self, inputs, outputs, factors):
        super().__init__()
        self.scales = nn.ModuleList([conv_bn_relu(inputs * factor, outputs * factor, 1, 1) for factor in factors])

    def forward(self, maps):
        return [scale(x) for scale, x in zip(self.scales, maps)]


class MultiExitMSDNet(nn.Module):
    """16 layers at three scales, a pooled head behind all of its 19 modules but the last."""

    def __init__(self, classes):
        super().__init__()
        blocks, channels, widths, first = [FirstLayer()], 16, [64], 0
        for layer in range(1, 17):
            kept = (layer - 1) // 6
            blocks.append(DenseLayer(channels, first, kept))
            channels += 6
            widths.append(4 * channels)
            if kept > first:
                blocks.append(Transition(channels, channels // 2, [1, 2, 4][kept:]))
                channels //= 2
                widths.append(4 * channels)
            first = kept
        self.blocks, self.heads = nn.ModuleList(blocks), nn.ModuleList([PooledHead(width, classes) for width in widths[:-1]])
        self.classifier = nn.Sequential(conv_bn_relu(widths[-1], 128, 3, 2), conv_bn_relu(128, 128, 3, 2))
        self.fc = nn.Linear(128, classes)

    def forward(self, x):
        logits = []
        for index, block in enumerate(self.blocks):
            x = block(x)
            if index < len(self.heads):
                logits.append(self.heads[index](x[-1]))
        return [*logits, self.fc(self.classifier(x[-1]).mean((2, 3)))]


class FromTorchvision(nn.Module):
    """A network as it is, without exits."""

    def __init__(self, name):
        super().__init__()
        from torchvision import models

        self.network = models.get_model(name, weights=None, num_classes=10)

    def forward(self, x):
        return [self.network(x)]


# name: (network, batch size, timed steps, made-up inputs); keep in step with scripts/bench/cases.ts
CASES = {
    "resnet20": (lambda: MultiExitResNet([16, 32, 64], [3, 3, 3], range(1, 8), 10), 128, 12, images),
    "resnet34": (lambda: MultiExitResNet([64, 128, 256, 512], [3, 4, 6, 3], range(2, 15, 2), 100), 32, 5, images),
    "vit": (lambda: MultiExitViT(4, 256, 256, 7, 8, range(7), 100), 64, 8, images),
    "minilm": (lambda: MultiExitBert(30522, 64, 384, 1536, 6, 12, 20), 32, 6, texts),
    "msdnet": (lambda: MultiExitMSDNet(100), 64, 8, images),
}


def case_of(name):
    """One of those above, else a network of torchvision."""
    return CASES.get(name) or (lambda: FromTorchvision(name), 16, 6, lambda batch: images(batch, 64))


WARM_UP_STEPS = 3
# Timed together on a card, which is not to wait for the processor between steps.
STEPS_AT_ONCE = 4
MODES = ["eager", "eager channels_last", "compile", "compile channels_last"]


def arranged(network, inputs, mode):
    """The network and its inputs in the memory format of the mode, and the function to call: compiled, or the network itself."""
    if "channels_last" in mode:
        network = network.to(memory_format=torch.channels_last)
        inputs = tuple(x.contiguous(memory_format=torch.channels_last) if x.dim() == 4 else x for x in inputs)
    return network, inputs, torch.compile(network) if mode.startswith("compile") else network


def allow_tf32(allowed):
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = allowed


def measure(name, precision, mode, threads, device, batch=None):
    make, usual_batch, steps, inputs_of = case_of(name)
    batch, on_card = batch or usual_batch, device == "cuda"
    labels = torch.randint(0, 10, (batch,))
    network, inputs, forward = arranged(make().train().to(device), inputs_of(batch), mode)
    if on_card:
        allow_tf32(precision != "float32")
        torch.backends.cudnn.benchmark = True
        labels, inputs = labels.pin_memory(), tuple(x.pin_memory() for x in inputs)
        torch.cuda.reset_peak_memory_stats()
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0, fused=on_card or None)

    def step():
        optimiser.zero_grad()
        given, expected = [x.to(device, non_blocking=True) for x in inputs], labels.to(device, non_blocking=True)
        with torch.autocast(device, torch.bfloat16, enabled=precision == "bfloat16"):
            losses = [F.cross_entropy(logits, expected) for logits in forward(*given)]
            loss = sum(losses) / len(losses)
        loss.backward()
        optimiser.step()
        return loss

    seconds, processor_seconds = [], []
    for count in [1] * WARM_UP_STEPS + [STEPS_AT_ONCE if on_card else 1] * steps:
        if on_card:
            torch.cuda.synchronize()
        begin, used = time.perf_counter(), time.process_time()
        for _ in range(count):
            loss = step()
        if on_card:
            torch.cuda.synchronize()
        loss.item()
        seconds.append((time.perf_counter() - begin) / count)
        processor_seconds.append((time.process_time() - used) / count)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    median = statistics.median(seconds[WARM_UP_STEPS:])
    return {
        "engine": f"torch {torch.__version__.split('+')[0]} {precision} {mode}",
        "case": name,
        "params": sum(parameter.numel() for parameter in network.parameters()),
        "batch": batch,
        "threads": threads,
        "msPerStep": round(median * 1e3, 1),
        "processorMsPerStep": round(statistics.median(processor_seconds[WARM_UP_STEPS:]) * 1e3, 1),
        "imagesPerSecond": round(batch / median, 1),
        "firstStepSeconds": round(seconds[0], 2),
        "peakMemoryMb": round(torch.cuda.max_memory_allocated() / 1e6 if on_card else resident),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=list(CASES))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", choices=["float32", "tf32", "bfloat16"], default="float32")
    parser.add_argument("--mode", choices=MODES, default="eager")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--batch", type=int, help="size of the batches instead of the case's own")
    arguments = parser.parse_args()
    if arguments.precision == "tf32" and arguments.device == "cpu":
        parser.error("a processor has no TF32; choose --device cuda")
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    settings = arguments.precision, arguments.mode, arguments.threads, arguments.device, arguments.batch
    for name in arguments.cases:
        print(json.dumps(measure(name, *settings)), flush=True)


main()

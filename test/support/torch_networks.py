"""PyTorch twins of Exitlab's networks, built from a network.json, with Exitlab's parameter names.

    from torch_networks import create_network
    network = create_network(json.load(open("network.json")))
    network.load_state_dict(safetensors.torch.load_file("model.safetensors"), strict=False)

Only `num_batches_tracked`, which nothing reads, is missing from the file.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

CONVOLUTIONAL_HEADS = {  # (channel divisor, stride, kernel)
    "pooled": [],
    "conv": [(2, 2, 3)],
    "conv_2l": [(1, 2, 3), (2, 1, 3)],
    "conv_3l": [(1, 2, 3), (1, 1, 3), (2, 1, 3)],
    "conv_4l": [(2, 1, 3), (1, 1, 3), (1, 2, 3), (2, 1, 3)],
    "conv_5l": [(2, 1, 3), (1, 1, 3), (1, 1, 3), (1, 1, 3), (1, 1, 3)],
}
TOKEN_HEADS = {
    "1L": [], "2L-1024": [1024], "2L-2048": [2048], "2L-4096": [4096], "2L-8192": [8192],
    "3L-8192": [8192] * 2, "4L-8192": [8192] * 3, "5L-8192": [8192] * 4,
}  # fmt: skip


def last_layer(head, fc, features, previous):
    """The last linear layer of a head, which in a cascade reads the normed logits of the previous head behind its features."""
    if previous is None:
        return fc(features)
    joined = torch.cat([features, head.norm(previous)], -1)
    return F.linear(joined, torch.cat([fc.weight, head.cascade.weight], 1), fc.bias)


def in_cascade(head, classes):
    head.norm = nn.LayerNorm(classes)
    head.cascade = nn.Linear(classes, classes, bias=False)
    return head


class ConvolutionalHead(nn.Module):
    def __init__(self, stack, channels, classes):
        super().__init__()
        self.mix = nn.Parameter(torch.rand(()))
        convs = []
        for divisor, stride, kernel in stack:
            convs.append(nn.Conv2d(channels, channels // divisor, kernel, stride))
            channels //= divisor
        if convs:
            self.convs = nn.ModuleList(convs)
        self.fc = nn.Linear(channels * 16, classes)

    def forward(self, x, previous=None):
        for conv in getattr(self, "convs", []):
            x = conv(F.relu(x))
        x = self.mix * F.adaptive_max_pool2d(x, 4) + (1 - self.mix) * F.adaptive_avg_pool2d(x, 4)
        return last_layer(self, self.fc, x.flatten(1), previous)


class TokenHead(nn.Module):
    def __init__(self, hidden, dim, classes):
        super().__init__()
        widths = [dim, *hidden, classes]
        self.names = ["fc"] if not hidden else [f"fc{i + 1}" for i in range(len(hidden) + 1)]
        for name, inputs, outputs in zip(self.names, widths, widths[1:]):
            self.add_module(name, nn.Linear(inputs, outputs))

    def forward(self, x, previous=None):
        x = x[:, 0]
        for name in self.names[:-1]:
            x = F.gelu(self.get_submodule(name)(x))
        return last_layer(self, self.get_submodule(self.names[-1]), x, previous)


class Ensemble(nn.Module):
    """Geometric weighted mean of predictions, from log-probabilities [batch, members, classes]."""

    def __init__(self, members, classes):
        super().__init__()
        self.weight, self.bias = nn.Parameter(0.01 * torch.randn(members)), nn.Parameter(torch.zeros(classes))

    def forward(self, predictions):
        return (predictions * self.weight.exp().unsqueeze(-1)).mean(1) + self.bias


class PerState(nn.Module):
    """A linear layer of its own for each state: the first n of [batch, n, dim] → [batch, n, classes]."""

    def __init__(self, count, dim, classes):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(count, dim, classes) / math.sqrt(dim))
        self.bias = nn.Parameter(torch.zeros(count, classes))

    def forward(self, states):
        count = states.shape[1]
        return (states.unsqueeze(-2) @ self.weight[:count]).squeeze(-2) + self.bias[:count]


class StateHead(nn.Module):
    def __init__(self, head):
        super().__init__()
        self.state = head

    def forward(self, x):
        return F.relu(self.state(x))


class GlobalPastFuture(nn.Module):
    """What the heads of a GPF network share: logits of a head from its own state and those of the earlier heads."""

    def __init__(self, count, dim, classes):
        super().__init__()
        self.count = count
        self.imitators = nn.ModuleDict({str(target): nn.Linear(dim, dim) for target in range(1, count)})
        self.projection, self.gate = PerState(count, dim, classes), PerState(count, dim, classes)
        self.mixer = nn.Linear(classes, classes)

    def forward(self, past, state):
        """Also returns the states of the later heads as this one imitates them."""
        known = [*past, state]
        imitated = [F.relu(self.imitators[str(target)](state)) for target in range(len(known), self.count)]
        states = torch.stack(known + imitated, 1)
        projected = self.projection(states)
        share = torch.sigmoid(self.mixer(F.relu(self.gate(states[:, : len(known)]).mean(1))))
        return share * projected[:, : len(known)].sum(1) + (1 - share) * projected[:, len(known) :].sum(1), imitated


class ConvNorm(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.bn(self.conv(x))


class ResidualBlock(nn.Module):
    def __init__(self, kind, inputs, width, stride):
        super().__init__()
        outputs = width * (4 if kind == "bottleneck" else 1)
        if kind == "basic":
            convs = [(inputs, width, 3, stride, 1), (width, width, 3, 1, 1)]
        else:
            convs = [(inputs, width, 1, 1, 0), (width, width, 3, stride, 1), (width, outputs, 1, 1, 0)]
        self.count, self.outputs = len(convs), outputs
        for index, (i, o, kernel, s, padding) in enumerate(convs, 1):
            self.add_module(f"conv{index}", nn.Conv2d(i, o, kernel, s, padding, bias=False))
            self.add_module(f"bn{index}", nn.BatchNorm2d(o))
        self.shortcut = ConvNorm(inputs, outputs, 1, stride) if stride != 1 or inputs != outputs else None

    def forward(self, x):
        y = x
        for index in range(1, self.count + 1):
            y = self.get_submodule(f"bn{index}")(self.get_submodule(f"conv{index}")(y))
            if index < self.count:
                y = F.relu(y)
        return F.relu(y + (x if self.shortcut is None else self.shortcut(x)))


class StridedHead(nn.Module):
    """MSDNet's own classifier."""

    def __init__(self, channels, classes):
        super().__init__()
        self.conv1, self.conv2 = ConvNorm(channels, 128, 3, 2, 1), ConvNorm(128, 128, 3, 2, 1)
        self.fc = nn.Linear(128, classes)

    def forward(self, x):
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        return self.fc(F.avg_pool2d(x, tuple(map(int, x.shape[2:]))).flatten(1))


def map_head(name, channels, outputs):
    if name == "msdnet":
        return StridedHead(channels, outputs)
    return ConvolutionalHead(CONVOLUTIONAL_HEADS[name], channels, outputs)


class MultiExit(nn.Module):
    """Runs the blocks in order; logits of every exit, the final classifier's last, or up to exit `last`."""

    def attach(self, spec, create_head):
        """create_head(name, exit, outputs): a head of the family that has no state."""
        self.kind, count, classes = spec["head"], len(self.exits), spec["classes"]
        if self.kind == "gpf":
            dim = spec["gpfDim"]
            self.heads = nn.ModuleList([StateHead(create_head(self.plain_head, exit, dim)) for exit in range(count)])
            self.gpf = GlobalPastFuture(count, dim, classes)
        elif self.reads_states:
            heads = [create_head(self.plain_head, exit, classes) for exit in range(count)]
            self.heads = nn.ModuleList(heads[:1] + [in_cascade(head, classes) for head in heads[1:]])
            if self.kind == "ztw":
                self.ensembles = nn.ModuleList([Ensemble(exit + 1, classes) for exit in range(count)])
        else:
            self.heads = nn.ModuleList([create_head(self.kind, exit, classes) for exit in range(count)])

    @property
    def reads_states(self):
        return self.kind in ("gpf", "cascade", "ztw")

    def run_head(self, exit, x, past):
        """Logits of a head, its state for later heads, and their states as it imitates them. `past`: states of earlier heads."""
        head = self.heads[exit]
        if self.kind == "gpf":
            state = head(x)
            logits, imitated = self.gpf(past, state)
            return logits, state, imitated
        if not self.reads_states:
            return head(x), torch.zeros(()), []
        own = head(x, past[-1][0] if past else None)
        state = torch.stack([own, F.log_softmax(own, -1)]) if self.kind == "ztw" else own.unsqueeze(0)
        return (self.ensembles[exit](torch.stack([each[1] for each in [*past, state]], 1)) if self.kind == "ztw" else own), state, []

    def forward(self, x, last=None):
        logits, past = [], []
        x = self.embed(x)
        for index, block in enumerate(self.blocks):
            x = self.run(block, x)
            if index in self.exits:
                output, state, _ = self.run_head(self.exits.index(index), self.read(x), past)
                logits.append(output)
                past.append(state.detach())
            if last is not None and len(logits) > last:
                return logits
        return logits + [self.classify(x)]

    def run(self, block, x):
        return block(x)

    def read(self, x):
        """What heads read of a block's features."""
        return x


class ResNet(MultiExit):
    plain_head = "pooled"

    def __init__(self, spec):
        super().__init__()
        self.exits, widths = spec["exits"], spec["widths"]
        stem = dict(kernel=3, padding=1) if spec["stem"] == "3x3" else dict(kernel=7, stride=2, padding=3)
        self.stem = ConvNorm(spec["inputShape"][2], widths[0], **stem)
        self.max_pool = spec.get("maxPool", False)
        blocks, channels = [], widths[0]
        for stage, (width, count) in enumerate(zip(widths, spec["blockCounts"])):
            for index in range(count):
                blocks.append(ResidualBlock(spec["block"], channels, width, 2 if stage and not index else 1))
                channels = blocks[-1].outputs
        self.blocks = nn.ModuleList(blocks)
        self.attach(spec, lambda head, exit, outputs: map_head(head, blocks[self.exits[exit]].outputs, outputs))
        self.classifier = nn.Linear(channels, spec["classes"])

    def embed(self, x):
        x = F.relu(self.stem(x))
        return F.max_pool2d(x, 3, 2, 1) if self.max_pool else x

    def classify(self, x):
        return self.classifier(F.adaptive_avg_pool2d(x, 1).flatten(1))


class Attention(nn.Module):
    def __init__(self, dim, head_count):
        super().__init__()
        self.qkv, self.out, self.head_count = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim), head_count

    def forward(self, x, mask=None):
        batch, tokens, dim = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, self.head_count, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (1 / math.sqrt(q.shape[-1]))
        weights = torch.softmax(scores if mask is None else scores + mask, -1)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, tokens, dim))


class Encoder(nn.Module):
    def __init__(self, spec):
        super().__init__()
        dim = spec["dim"]
        self.norm1, self.norm2 = nn.LayerNorm(dim, 1e-6), nn.LayerNorm(dim, 1e-6)
        self.attn = Attention(dim, spec["headCount"])
        self.mlp = nn.Module()
        self.mlp.fc1, self.mlp.fc2 = nn.Linear(dim, spec["mlpDim"]), nn.Linear(spec["mlpDim"], dim)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp.fc2(F.gelu(self.mlp.fc1(self.norm2(x))))


class ViT(MultiExit):
    """Without dropout: made for comparison."""

    plain_head = "1L"

    def __init__(self, spec):
        super().__init__()
        dim, patch, self.exits = spec["dim"], spec["patchSize"], spec["exits"]
        tokens = (spec["imageSize"] // patch) ** 2 + 1
        self.patch = nn.Conv2d(spec["channels"], dim, patch, patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embedding = nn.Parameter(torch.randn(1, tokens, dim) * 0.02)
        self.blocks = nn.ModuleList([Encoder(spec) for _ in range(spec["depth"])])
        self.attach(spec, lambda head, _, outputs: TokenHead(TOKEN_HEADS[head], dim, outputs))
        self.norm, self.classifier = nn.LayerNorm(dim, 1e-6), nn.Linear(dim, spec["classes"])

    def embed(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        return torch.cat([self.cls_token.expand(x.shape[0], -1, -1), x], 1) + self.pos_embedding

    def classify(self, x):
        return self.classifier(self.norm(x)[:, 0])


class BertBlock(nn.Module):
    """Attention (even) or feed-forward (odd), post-norm."""

    def __init__(self, spec, index):
        super().__init__()
        dim, self.attends = spec["dim"], index % 2 == 0
        if self.attends:
            self.attn = Attention(dim, spec["headCount"])
        else:
            self.mlp = nn.Module()
            self.mlp.fc1, self.mlp.fc2 = nn.Linear(dim, spec["mlpDim"]), nn.Linear(spec["mlpDim"], dim)
        self.norm = nn.LayerNorm(dim, 1e-12)

    def forward(self, x, mask):
        change = self.attn(x, mask) if self.attends else self.mlp.fc2(F.gelu(self.mlp.fc1(x)))
        return self.norm(x + change)


class Bert(MultiExit):
    """Takes (ids, mask, segments), each [batch, length]; mask: 1 token, 0 padding. Without dropout: made for comparison."""

    plain_head = "1L"

    def __init__(self, spec):
        super().__init__()
        dim, self.exits = spec["dim"], spec["exits"]
        self.embeddings = nn.Module()
        self.embeddings.word = nn.Embedding(spec["vocabulary"], dim)
        self.embeddings.position, self.embeddings.segment = nn.Embedding(spec["maxLength"], dim), nn.Embedding(2, dim)
        self.embeddings.norm = nn.LayerNorm(dim, 1e-12)
        self.blocks = nn.ModuleList([BertBlock(spec, index) for index in range(2 * spec["depth"])])
        self.attach(spec, lambda head, exit, outputs: TokenHead(TOKEN_HEADS[head], dim, outputs))
        self.pooler, self.classifier = nn.Linear(dim, dim), nn.Linear(dim, spec["classes"])

    def embed(self, inputs):
        (ids, mask, segments), e = inputs, self.embeddings
        self.scores = torch.where(mask[:, None, None] == 1, 0.0, -1e9)
        positions = torch.arange(ids.shape[1], device=ids.device)
        return e.norm(e.word(ids) + e.segment(segments) + e.position(positions))

    def run(self, block, x):
        return block(x, self.scores.to(x.dtype))

    def classify(self, x):
        return self.classifier(torch.tanh(self.pooler(x[:, 0])))


class FirstLayer(nn.Module):
    """A map of each scale, the finest first."""

    def __init__(self, inputs, widths):
        super().__init__()
        pairs = zip([inputs, *widths], widths)
        self.scales = nn.ModuleList([ConvNorm(i, o, 3, 2 if s else 1, 1) for s, (i, o) in enumerate(pairs)])

    def forward(self, x):
        maps = []
        for conv in self.scales:
            x = F.relu(conv(x))
            maps.append(x)
        return maps


class Growth(nn.Module):
    def __init__(self, inputs, outputs, stride, bottleneck):
        super().__init__()
        if bottleneck is not None:
            width = min(inputs, bottleneck * outputs)
            self.squeeze, inputs = ConvNorm(inputs, width, 1), width
        self.conv = ConvNorm(inputs, outputs, 3, stride, 1)

    def forward(self, x):
        if hasattr(self, "squeeze"):
            x = F.relu(self.squeeze(x))
        return F.relu(self.conv(x))


class DenseLayer(nn.Module):
    """`widths`: of its input, by scale; `growths`: of its output, the finest may be missing; `factors`: of bottlenecks."""

    def __init__(self, widths, growths, factors):
        super().__init__()
        self.dropped = len(widths) - len(growths)
        down, normal = [], []
        for scale, growth in enumerate(growths, self.dropped):
            outputs = growth if scale == 0 else growth // 2
            if scale > 0:
                down.append(Growth(widths[scale - 1], outputs, 2, factors[scale - 1]))
            normal.append(Growth(widths[scale], outputs, 1, factors[scale]))
        self.down, self.normal = nn.ModuleList(down), nn.ModuleList(normal)
        self.outputs = [width + growth for width, growth in zip(widths[self.dropped :], growths)]

    def forward(self, maps):
        results, down = [], iter(self.down)
        for scale, normal in enumerate(self.normal, self.dropped):
            finer = [next(down)(maps[scale - 1])] if scale > 0 else []
            results.append(torch.cat([maps[scale], *finer, normal(maps[scale])], 1))
        return results


class Transition(nn.Module):
    def __init__(self, widths, outputs):
        super().__init__()
        self.scales = nn.ModuleList([ConvNorm(i, o, 1) for i, o in zip(widths, outputs)])
        self.outputs = outputs

    def forward(self, maps):
        return [F.relu(conv(x)) for conv, x in zip(self.scales, maps)]


class MSDNet(MultiExit):
    plain_head = "pooled"

    def __init__(self, spec):
        super().__init__()
        self.exits, factors, channels = spec["exits"], spec["growthFactors"], spec["channels"]
        count, total = len(factors), spec["layers"]
        bottlenecks = spec["bottleneckFactors"] or [None] * count
        widths = [channels * factor for factor in factors]
        blocks, outputs = [FirstLayer(spec["inputShape"][2], widths)], [widths]
        for layer in range(1, total + 1):
            if spec["prune"] == "max":
                given = count - (layer - 1) // math.ceil(total / count)
            else:
                given = min(count, total - layer + 1)
            before, kept = outputs[-1], factors[count - given :]
            growths = [spec["growth"] * factor for factor in kept]
            blocks.append(DenseLayer(before, growths, bottlenecks[count - len(before) :]))
            outputs.append(blocks[-1].outputs)
            channels += spec["growth"]
            reduces = given < len(before) if spec["prune"] == "max" else layer in (total // 3, 2 * total // 3)
            if spec["reduction"] > 0 and reduces:
                channels = math.floor(spec["reduction"] * channels)
                blocks.append(Transition(outputs[-1], [channels * factor for factor in kept]))
                outputs.append(blocks[-1].outputs)
        self.blocks = nn.ModuleList(blocks)
        self.attach(spec, lambda head, exit, units: map_head(head, outputs[self.exits[exit]][-1], units))
        self.classifier = StridedHead(outputs[-1][-1], spec["classes"])

    def embed(self, x):
        return x

    def read(self, maps):
        return maps[-1]

    def classify(self, maps):
        return self.classifier(maps[-1])


def create_network(spec):
    return {"resnet": ResNet, "vit": ViT, "bert": Bert, "msdnet": MSDNet}[spec["family"]](spec)

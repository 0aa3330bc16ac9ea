"""Multiply-adds of the PyTorch twins of Exitlab's networks, counted with fvcore: one trace in evaluation mode on one sample, up to each
exit, heads before it included; 1 FLOP of fvcore is one multiply-add. fvcore has no rule for the element-wise operations, the softmax,
sums and means: they get one here, 1 and 2 an output element, 1 an input element; what is computed of sizes, ids and masks is free.
"""

import logging

import torch
from fvcore.nn import FlopCountAnalysis

from torch_networks import create_network

logging.getLogger("fvcore").setLevel(logging.ERROR)


def count(shape):
    result = 1
    for size in shape:
        result *= size
    return result


def per_output(factor):
    """Of float32 numbers: sizes, ids and masks are of other types."""
    return lambda inputs, outputs: factor * count(outputs[0].type().sizes()) if outputs[0].type().dtype() == torch.float32 else 0


def per_input(inputs, outputs):
    return count(inputs[0].type().sizes())


def attention(inputs, outputs):
    """Two products of matrices, and of the scores scale, softmax and mask."""
    *rest, queries, dim = inputs[0].type().sizes()
    scores = count(rest) * queries * inputs[1].type().sizes()[-2]
    has_mask = isinstance(inputs[3].type(), torch.TensorType)
    return scores * (2 * dim + 3 + has_mask)


RULES = {
    **{f"aten::{name}": per_output(1) for name in (
        "add", "add_", "sub", "rsub", "mul", "mul_", "div", "div_", "gelu", "sigmoid", "sigmoid_", "tanh", "exp")},
    # As the exporter writes them: x · sigmoid(x); a sum with a product, which is multiplied with a number.
    "aten::silu": per_output(2),
    "aten::silu_": per_output(2),
    "aten::addcmul": per_output(3),
    "aten::scaled_dot_product_attention": attention,
    "aten::linalg_vector_norm": per_input,
    "aten::softmax": per_output(2),
    "aten::log_softmax": per_output(2),
    "aten::sum": per_input,
    "aten::mean": per_input,
    "aten::adaptive_max_pool2d": per_input,
}


class UpTo(torch.nn.Module):
    """Gives what every block gives beside the logits: a trace leaves out what nothing is computed from."""

    def __init__(self, network, last):
        super().__init__()
        self.network, self.last, self.features = network, last, []
        for block in network.blocks:
            block.register_forward_hook(lambda _, __, output: self.features.append(output))

    def forward(self, x):
        self.features.clear()
        return self.network(x, self.last), self.features


def macs(network, sample, last):
    return int(FlopCountAnalysis(UpTo(network, last), (sample,)).set_op_handle(**RULES).total())


def sample_of(spec):
    if spec["family"] == "bert":
        ids = torch.zeros(1, spec["maxLength"], dtype=torch.int64)
        return ids, torch.ones_like(ids), ids
    if spec["family"] == "vit":
        shape = (spec["channels"], spec["imageSize"], spec["imageSize"])
    else:
        height, width, channels = spec["inputShape"]
        shape = (channels, height + 2 * spec["pad"], width + 2 * spec["pad"])
    return torch.zeros(1, *shape)


def costs(spec):
    sample = sample_of(spec)
    with torch.no_grad():
        exits = [macs(create_network(spec).eval(), sample, exit) for exit in range(len(spec["exits"]) + 1)]
        bare = create_network({**spec, "exits": []}).eval()
        return {"backbone": macs(bare, sample, None), "exits": exits}

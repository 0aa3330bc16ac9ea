"""Networks of torchvision, timm and transformers with random weights, for the family of ONNX files.

Reads lines of three words, STEP NAME FOLDER, from its input, and answers each with an empty line once its files are there: one process
for all networks, as it takes ten seconds to import what they need.

    export   writes NAME.onnx, NAME.0.safetensors and NAME.json
    another  writes NAME.1.safetensors, then NAME.2.safetensors and so on, of another batch each
    back     loads model_original.safetensors, which must lack no weight, and writes back.safetensors

NAME.N.safetensors: for a batch of four samples its inputs (`images`; `ids` and `mask` of texts), and for `evaluation`
and `training` (without dropout) `evaluation.logits`, `evaluation.gradient.*` of the mean cross-entropy with classes 0, 1, 2, 3, and
`evaluation.exact.*`, the same gradients in float64; `step.*`, the parameters after one step of AdamW. NAME.json:
multiply-adds of one sample by operator, counted with fvcore, and shapes and counters of the state dict. back.safetensors: `logits` of the
first batch in evaluation mode.
"""
import contextlib
import copy
import itertools
import json
import logging
import os
import sys

import torch
from fvcore.nn import FlopCountAnalysis
from safetensors.torch import load_file, save_file
from torch import nn

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../resources'))
from export_backbone import export_backbone  # noqa: E402
from torch_costs import RULES  # noqa: E402

logging.getLogger('fvcore').setLevel(logging.ERROR)
torch.backends.mkldnn.enabled = False
# Threads that wait for each other by spinning take minutes where other programs run as well.
torch.set_num_threads(1)
SIDE, TOKENS, CLASSES = 64, 32, 10
# Whether timm's networks have the fused operator of attention.
is_fused = False


def side_of(name):
    """That of the example that has the network, or of small pictures."""
    return {'efficientnet_lite0': 96, 'mobilenetv2_050': 32}.get(name, SIDE)


def torchvision(name, **settings):
    from torchvision import models
    return models.get_model(name, weights=None, num_classes=CLASSES, **settings)


def efficientnet_lite0():
    from efficientnet_lite_pytorch import EfficientNet
    return EfficientNet.from_name('efficientnet-lite0', image_size=side_of('efficientnet_lite0'))


def vgg11_bn():
    """Its own classifier has 124 million parameters, too many for a test of each gradient."""
    network = torchvision('vgg11_bn')
    network.avgpool, network.classifier = nn.AdaptiveAvgPool2d(1), nn.Sequential(nn.Dropout(0.5), nn.Linear(512, CLASSES))
    return network


def timm(name, **settings):
    from timm import create_model, layers
    layers.set_fused_attn(is_fused)
    return create_model(name, pretrained=False, num_classes=CLASSES, **settings)


class OnTokens(nn.Module):
    """A classifier of transformers as a function of its inputs."""

    def __init__(self, config):
        super().__init__()
        from transformers import AutoModelForSequenceClassification
        self.model = AutoModelForSequenceClassification.from_config(config, attn_implementation='eager')

    def forward(self, ids, mask):
        return self.model(input_ids=ids, attention_mask=mask).logits


def distilbert():
    from transformers import DistilBertConfig
    return OnTokens(DistilBertConfig(vocab_size=500, dim=96, n_layers=4, n_heads=4, hidden_dim=192, num_labels=CLASSES))


def bert():
    from transformers import BertConfig
    return OnTokens(BertConfig(vocab_size=500, hidden_size=96, num_hidden_layers=4, num_attention_heads=4, intermediate_size=192, num_labels=CLASSES))


NETWORKS = {
    **{name: lambda name=name: torchvision(name) for name in (
        'resnet18', 'resnet50', 'mobilenet_v3_small', 'efficientnet_b0', 'densenet121', 'convnext_tiny', 'regnet_y_400mf',
        'shufflenet_v2_x0_5', 'swin_t')},
    'efficientnet_lite0': efficientnet_lite0,
    'vgg11_bn': vgg11_bn,
    'vit_b_16': lambda: torchvision('vit_b_16', image_size=SIDE),
    **{name: lambda name=name: timm(name, img_size=SIDE) for name in ('deit_tiny_patch16_224', 'mixer_s16_224')},
    **{name: lambda name=name: timm(name) for name in (
        'mobilevit_xxs', 'mobilenetv2_050', 'poolformer_s12', 'resnet50d', 'tf_efficientnetv2_b0', 'convnextv2_atto', 'mobilenetv4_conv_small',
        'repvgg_a0', 'pvt_v2_b0')},
    'distilbert': distilbert,
    'bert': bert,
}


def lively(network):
    """No parameter at zero, and statistics that are not at their initial values, so that every part counts."""
    source = torch.Generator().manual_seed(1)
    normal = lambda like: torch.randn(like.shape, generator=source)
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):
                module.running_mean.copy_(0.1 * normal(module.running_mean))
                module.running_var.copy_(0.5 + normal(module.running_var).abs())
        for name, parameter in network.named_parameters():
            if not parameter.any() or name.endswith(('gamma', 'layer_scale')):
                parameter.copy_(0.05 * normal(parameter))
    return network


def without_dropout(network):
    if hasattr(network, '_global_params'):
        network._global_params = network._global_params._replace(drop_connect_rate=0.0)
    for module in network.modules():
        if isinstance(module, nn.modules.dropout._DropoutNd):
            module.p = 0.0
        for rate in ('p', 'drop_prob'):
            if type(module).__name__ in ('DropPath', 'StochasticDepth') and hasattr(module, rate):
                setattr(module, rate, 0.0)
    return network


def inputs_of(name, seed, count=4):
    source = torch.Generator().manual_seed(seed)
    if name not in ('distilbert', 'bert'):
        return {'images': torch.randn(count, 3, side_of(name), side_of(name), generator=source)}
    mask = (torch.arange(TOKENS) < torch.tensor([TOKENS, 3, 20, 11])[:count, None]).long()
    return {'ids': torch.randint(1, 500, (count, TOKENS), generator=source) * mask, 'mask': mask}


def gradients(network, inputs, training, dtype):
    own = copy.deepcopy(network).to(dtype).train(training)
    logits = own(*(x.to(dtype) if x.is_floating_point() else x for x in inputs.values()))
    nn.functional.cross_entropy(logits, torch.arange(4)).backward()
    found = {name: parameter.grad.float() for name, parameter in own.named_parameters() if parameter.grad is not None}
    return logits.detach().float(), found


def stepped(network, inputs):
    """Parameters after one step in training mode."""
    own = copy.deepcopy(network).train()
    optimiser = torch.optim.AdamW(own.parameters(), lr=1e-2, betas=(0.9, 0.99), eps=1e-3, weight_decay=0.05)
    nn.functional.cross_entropy(own(*inputs.values()), torch.arange(4)).backward()
    optimiser.step()
    return {name: parameter.detach() for name, parameter in own.named_parameters()}


def reference(name, network, batch):
    inputs = inputs_of(name, batch)
    arrays = {key: x if x.is_floating_point() else x.int() for key, x in inputs.items()}
    for mode in ('evaluation', 'training'):
        arrays[f'{mode}.logits'], found = gradients(network, inputs, mode == 'training', torch.float32)
        _, exact = gradients(network, inputs, mode == 'training', torch.float64)
        arrays |= {f'{mode}.gradient.{key}': x for key, x in found.items()}
        arrays |= {f'{mode}.exact.{key}': x for key, x in exact.items()}
    arrays |= {f'step.{key}': x for key, x in stepped(network, inputs).items()}
    return {key: x.contiguous() for key, x in arrays.items()}


def load_back(name, folder):
    network = NETWORKS[name]()
    found = network.load_state_dict(load_file(f'{folder}/model_original.safetensors'), strict=False)
    state = network.state_dict()
    # Tables of whole numbers belong to the class, not to the weights.
    assert not found.unexpected_keys and not [key for key in found.missing_keys if state[key].is_floating_point()], found
    with torch.no_grad():
        logits = network.eval()(*inputs_of(name, 0).values())
    save_file({'logits': logits.contiguous()}, f'{folder}/back.safetensors')


def macs(name):
    """With the scale of attention where the fused operator has it, at the scores."""
    global is_fused
    is_fused = True
    try:
        network = NETWORKS[name]().eval()
    finally:
        is_fused = False
    sample = tuple(inputs_of(name, 0, 1).values())
    return {key: int(value) for key, value in FlopCountAnalysis(network, sample).set_op_handle(**RULES).by_operator().items()}


def made(name):
    torch.manual_seed(0)
    return lively(NETWORKS[name]())


def write_reference(name, folder, network, batch):
    save_file(reference(name, without_dropout(network), batch), f'{folder}/{name}.{batch}.safetensors')


def export(name, folder):
    network = made(name)
    example = inputs_of(name, 2, 2)
    export_backbone(network, f'{folder}/{name}.onnx', *example.values(), names=[*example], title=name)
    write_reference(name, folder, network, 0)
    shapes = {key: list(x.shape) for key, x in network.state_dict().items() if x.is_floating_point()}
    with open(f'{folder}/{name}.json', 'w') as file:
        counters = {key: x.item() for key, x in network.state_dict().items() if x.dim() == 0 and not x.is_floating_point()}
        json.dump({'macs': macs(name), 'shapes': shapes, 'counters': counters}, file)


def another(name, folder):
    batch = next(batch for batch in itertools.count() if not os.path.exists(f'{folder}/{name}.{batch}.safetensors'))
    write_reference(name, folder, made(name), batch)


STEPS = {'export': export, 'another': another, 'back': load_back}

if __name__ == '__main__':
    for line in sys.stdin:
        step, *arguments = line.split()
        with contextlib.redirect_stdout(sys.stderr):
            STEPS[step](*arguments)
        print(flush=True)

"""All exits of a network of your own that Exitlab has trained, in its own PyTorch class. Needs torch and safetensors.

    from prepare_images import prepare                                      # beside this file

    network = timm.create_model('mobilenetv3_small_100', num_classes=10)    # as it was exported, with the classes of the data
    exits = MultiExit(network, 'FOLDER').eval()                             # the folder of this file
    logits = exits(prepare(pixels))                                         # a list, of the network itself last

`pixels` are those of the images as they are in the data set, uint8 [images, channels, height, width]: `prepare` scales, pads and normalises
them as in training. Texts are the `inputs` of network.json, padded to `maxLength`; a third argument says how the network is called, where
that is not by them in this order:

    exits = MultiExit(network, 'FOLDER', lambda network, ids, mask: network(input_ids=ids, attention_mask=mask).logits).eval()
    logits = exits(ids, mask)
"""
import json
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F


class MultiExit(nn.Module):
    def __init__(self, network, folder='.', call=lambda network, *inputs: network(*inputs)):
        super().__init__()
        self.call, self.network, self.features = call, network, {}
        self.spec = json.loads((Path(folder) / 'network.json').read_text())
        found = network.load_state_dict(load_file(Path(folder) / 'model_original.safetensors'), strict=False)
        missing = {*found.missing_keys} & {name for name, _ in network.named_parameters()}
        if missing or found.unexpected_keys:
            raise ValueError(f'another network: missing {sorted(missing)}, unexpected {found.unexpected_keys}')
        self.weights = {k: v for k, v in load_file(Path(folder) / 'model.safetensors').items() if k.startswith('heads.')}
        modules = dict(network.named_modules())
        for exit, block in enumerate(self.spec['exits']):
            site = self.spec['sites'][block]
            modules[site['module']].register_forward_hook(partial(self.keep, exit, site))

    def keep(self, exit, site, module, inputs, output):
        x = output[0] if isinstance(output, tuple) else output
        axis = 1 if self.spec['feature'] == 'map' else -1
        if x.shape[axis] != site['shape'][-1] and isinstance(inputs[0], list):
            x = torch.cat([*inputs[0], x], axis)  # as a layer of a DenseNet, which reads all before it
        if x.shape[axis] != site['shape'][-1]:
            raise ValueError(f'{site["module"]} gives {x.shape[axis]} channels, and its head reads {site["shape"][-1]}')
        self.features[exit] = x

    def forward(self, *inputs):
        if self.spec.get('takes') != 'text':
            inputs = [inputs[0].repeat(1, self.spec.get('repeat', 1), 1, 1)]
        self.inputs = dict(zip(self.spec.get('inputs', ['images']), inputs, strict=True))
        logits = self.call(self.network, *inputs)
        return [self.head(exit) for exit in range(len(self.spec['exits']))] + [logits]

    def head(self, exit):
        x, feature, own = self.features[exit], self.spec['feature'], f'heads.{exit}.'
        weights = {k.removeprefix(own): v.to(x.device) for k, v in self.weights.items() if k.startswith(own)}
        layers = sorted({k.split('.')[0] for k in weights} - {'mix'})
        # The first head of ztw has no other layers, and an ensemble behind it.
        if self.spec['head'] == 'ztw' or any(not name.startswith('fc') for name in layers):
            raise NotImplementedError(f'heads {self.spec["head"]}: README.md has their layers')
        if feature.endswith('token'):
            x = x[:, 0] if feature == 'first token' else self.mean(x)
        else:
            x = x.permute(0, 3, 1, 2) if feature == 'map-last' else x
            x = weights['mix'] * F.adaptive_max_pool2d(x, 4) + (1 - weights['mix']) * F.adaptive_avg_pool2d(x, 4)
        x = x.flatten(1)
        for name in layers:
            x = F.linear(F.gelu(x) if name not in ('fc', 'fc1') else x, weights[f'{name}.weight'], weights[f'{name}.bias'])
        return x

    def mean(self, tokens):
        """Of all tokens but padding."""
        weights = self.inputs['mask'][..., None].to(tokens) if 'mask' in self.inputs else torch.ones_like(tokens[..., :1])
        return (tokens * weights).sum(1) / weights.sum(1)

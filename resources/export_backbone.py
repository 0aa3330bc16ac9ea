"""Writes a PyTorch network as an ONNX file that Exitlab makes a multi-exit network of. Needs torch and onnx.

In a script of your own:

    from export_backbone import export_backbone
    export_backbone(network, 'network.onnx', torch.randn(2, 3, 64, 64))

From the command line, of torchvision, timm or transformers, if that is installed:

    python export_backbone.py timm:mobilenetv3_small_100 mobilenet.onnx --size 64 --pretrained
    python export_backbone.py torchvision:resnet18 resnet18.onnx --size 32 --classes 10
    python export_backbone.py transformers:FOLDER text.onnx --length 64

Export at the size of the images that you train on. Exitlab gives the network the number of classes of your data
by itself, so that pretrained networks keep the classes that they have.
"""
import argparse
import collections
import contextlib
import copy
import json
import os
import re
import sys
import warnings

import onnx
import torch
from onnx import helper, numpy_helper
from torch.nn import functional
from torch.overrides import TorchFunctionMode

AS_TRAINED = {'dynamo': False, 'opset_version': 17, 'training': torch.onnx.TrainingMode.TRAINING, 'do_constant_folding': False}


def export_backbone(network, path, *inputs, names=None, forward=None, normalisation=None, title=None):
    """Writes `network`, which is left as it is. `inputs`: example tensors of two or more samples each, of the size to train on;
    `names`: of the inputs (`images`, or `ids`, `mask` and `segments` of texts); `forward(network, *inputs)`: gives the logits,
    default: calling the network; `normalisation`: (mean, std) of each channel that it expects, of pixels in [0, 1].
    Returns the names of parameters that the file does not have, because the logits do not depend on them."""
    names = list(names or ['images'])
    if len(names) != len(inputs) or any(each.shape[0] < 2 for each in inputs):
        raise ValueError(f'expected an example of two or more samples for each of {names}')
    own_values = {name: array.detach().cpu().numpy().copy() for name, array in network.state_dict().items()}
    write_traced(network, path, inputs, names, forward)
    model = onnx.load(path)
    written = {array.name: array for array in model.graph.initializer}
    # Tracing moves running statistics: the values are those of the network itself.
    for name in written.keys() & own_values.keys():
        written[name].CopyFrom(numpy_helper.from_array(own_values[name], name))
    about = {'title': title or type(network).__name__, **describe(network)}
    if normalisation is not None:
        about['normalisation'] = dict(zip(('mean', 'std'), map(list, normalisation)))
    helper.set_model_props(model, {f'exitlab.{key}': json.dumps(value) for key, value in about.items()})
    onnx.save(model, path)
    return [name for name in about['parameters'] if name not in written]


def write_traced(network, path, inputs, names, forward):
    """In training mode, for dropout and batch normalisation to stay what they are, and without folding, which merges arrays."""
    traced = copied(network).cpu().train()
    if forward is not None:
        # No default values: PyTorch would trace them as inputs.
        call = type(traced).forward
        traced.forward = lambda *given: forward(lambda *a, **k: call(traced, *a, **k), *given)
    with warnings.catch_warnings(), torch.no_grad(), without_dump(), AdaptiveAverages():
        warnings.simplefilter('ignore')
        torch.onnx.export(traced, inputs, path, input_names=names, output_names=['logits'],
                          dynamic_axes=dict.fromkeys([*names, 'logits'], {0: 'batch'}), **AS_TRAINED)


class AdaptiveAverages(TorchFunctionMode):
    """ONNX has no adaptive average but where the size of the output divides that of the input: others become products with constants."""

    AXES = {torch.adaptive_avg_pool1d: 1, functional.adaptive_avg_pool2d: 2, torch._C._nn.adaptive_avg_pool2d: 2}

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function not in self.AXES:
            return function(*args, **(kwargs or {}))
        return self.pooled(function, self.AXES[function], *args, **(kwargs or {}))

    @staticmethod
    def pooled(function, axes, input, output_size):
        before = [int(size) for size in input.shape[-axes:]]
        given = output_size if isinstance(output_size, (tuple, list)) else [output_size] * axes
        after = [size if wanted is None else int(wanted) for size, wanted in zip(before, given)]
        if before == after:
            return input
        if all(size % wanted == 0 for size, wanted in zip(before, after)):
            return function(input, after)
        for axis, size, wanted in zip(range(-axes, 0), before, after):
            if size not in (1, wanted):
                matrix = shares(size, wanted)
                input = matrix @ input if axis == -2 else input @ matrix.t()
        return input.expand(*[-1] * (input.dim() - axes), *after) if 1 in before else input


def shares(before, after):
    """The matrix [after, before] of an adaptive average along an axis."""
    windows = [(index * before // after, -(-(index + 1) * before // after)) for index in range(after)]
    return torch.tensor([[(start <= at < end) / (end - start) for at in range(before)] for start, end in windows])


@contextlib.contextmanager
def without_dump():
    """PyTorch prints its graph, of hundreds of lines, where it cannot export it."""
    sys.stdout.flush()
    own = os.dup(1)
    with open(os.devnull, 'w') as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(own, 1)
        os.close(own)


def copied(network):
    """Some networks keep values of their last pass in evaluation mode, which cannot be copied, until they are in training mode."""
    modes = [(module, module.training) for module in network.modules()]
    network.train()
    try:
        return copy.deepcopy(network)
    finally:
        for module, mode in modes:
            module.training = mode


def describe(network):
    """What an ONNX file does not tell of a PyTorch network."""
    parameters, buffers, modules = (dict(found) for found in (
        network.named_parameters(), network.named_buffers(), network.named_modules()))
    every_name = collections.defaultdict(list)
    for name, parameter in network.named_parameters(remove_duplicate=False):
        every_name[parameter].append(name)
    return {
        'torch': torch.__version__,
        'modules': {name: type(module).__name__ for name, module in modules.items()},
        'parameters': list(parameters),
        'frozen': [name for name in parameters if not parameters[name].requires_grad],
        'tied': [names for names in every_name.values() if len(names) > 1],
        'buffers': list(buffers),
        'counters': {name: int(value) for name, value in network.state_dict().items() if value.dim() == 0 and not value.is_floating_point()},
    }


def load_network(source, options):
    """The network that the command line names: (network, inputs, keywords of export_backbone)."""
    library, _, name = source.partition(':')
    if library not in LOADERS or not name:
        raise SystemExit(f'expected torchvision:NAME, timm:NAME or transformers:NAME_OR_FOLDER; got {source}')
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            return LOADERS[library](name, options)
    except Exception as error:
        raise SystemExit(f'{library} does not make {name}: {first_sentence(error)}') from error


def image_network(network, options, normalisation):
    channels = next(module for module in network.modules() if isinstance(module, torch.nn.Conv2d)).in_channels
    return network, [torch.randn(2, channels, options.size, options.size)], {'normalisation': normalisation}


def with_size(create, key, size, **settings):
    """Transformers fix the size of their images when they are made, most convolutional networks take any."""
    try:
        return create(**settings, **{key: size})
    except TypeError:
        return create(**settings)


def from_torchvision(name, options):
    import torchvision
    weights = torchvision.models.get_model_weights(name).DEFAULT if options.pretrained else None
    settings = {} if options.pretrained or options.classes is None else {'num_classes': options.classes}
    network = with_size(lambda **k: torchvision.models.get_model(name, weights=weights, **k), 'image_size', options.size, **settings)
    transforms = weights.transforms() if weights else None
    return image_network(without_auxiliary(network), options, transforms and (transforms.mean, transforms.std))


def without_auxiliary(network):
    """GoogLeNet and Inception have further classifiers that only training computes; exits are placed by the experiment."""
    if getattr(network, 'aux_logits', False):
        network.aux_logits = False
        for name in {'AuxLogits', 'aux1', 'aux2'} & dict(network.named_children()).keys():
            setattr(network, name, None)
    return network


def from_timm(name, options):
    import timm
    timm.layers.set_fused_attn(False)  # the exporter cannot trace every use of the fused one
    settings = {'pretrained': options.pretrained}
    if options.classes is not None and not options.pretrained:
        settings['num_classes'] = options.classes
    network = with_size(lambda **k: timm.create_model(name, **k), 'img_size', options.size, **settings)
    about = network.pretrained_cfg
    return image_network(network, options, (about['mean'], about['std']) if options.pretrained or options.weights else None)


def from_transformers(name, options):
    from transformers import AutoConfig, AutoModelForSequenceClassification
    settings = {'attn_implementation': 'eager', **({} if options.classes is None else {'num_labels': options.classes})}
    if options.pretrained:
        network = AutoModelForSequenceClassification.from_pretrained(name, **settings)
    else:
        network = AutoModelForSequenceClassification.from_config(AutoConfig.from_pretrained(name, **settings))
    ids = torch.randint(0, network.config.vocab_size, (2, options.length))
    mask = torch.ones_like(ids)
    has_segments = getattr(network.config, 'type_vocab_size', 0) > 1
    names = ['ids', 'mask', *(['segments'] if has_segments else [])]

    def forward(call, ids, mask, *segments):
        given = {'token_type_ids': segments[0]} if segments else {}
        return call(input_ids=ids, attention_mask=mask, **given).logits

    return network, [ids, mask, torch.zeros_like(ids)][:len(names)], {'names': names, 'forward': forward}


LOADERS = {'torchvision': from_torchvision, 'timm': from_timm, 'transformers': from_transformers}


def load_weights(network, path):
    """A state dict, or a checkpoint that holds one as `state_dict` or `model`."""
    if path.endswith('.safetensors'):
        from safetensors.torch import load_file
        state = load_file(path)
    else:
        state = torch.load(path, map_location='cpu', weights_only=True)
        state = next((state[key] for key in ('state_dict', 'model') if isinstance(state.get(key), dict)), state)
    network.load_state_dict(state)


def first_sentence(error):
    """Without the part of the graph that PyTorch's exporter adds, and its request to be told."""
    return re.split(r'\s*(?:\[Caused by|Please feel free|\n\n)', str(error) or type(error).__name__)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('source', help='torchvision:NAME, timm:NAME or transformers:NAME_OR_FOLDER')
    parser.add_argument('path', help='the ONNX file to write')
    parser.add_argument('--size', type=int, default=224, help='height and width of the images (default: 224)')
    parser.add_argument('--length', type=int, default=128, help='tokens of a text (default: 128)')
    parser.add_argument('--classes', type=int, help='outputs of a network without pretrained weights')
    parser.add_argument('--pretrained', action='store_true', help='with the weights that the library offers')
    parser.add_argument('--weights', help='a file of weights (.pth, .safetensors) to load first')
    options = parser.parse_args()
    network, inputs, keywords = load_network(options.source, options)
    if options.weights:
        load_weights(network, options.weights)
    try:
        unused = export_backbone(network, options.path, *inputs, title=os.path.basename(options.source.partition(':')[2]), **keywords)
    except Exception as error:
        shape = ' x '.join(map(str, inputs[0].shape[1:]))
        raise SystemExit(f'{options.source} cannot be exported with inputs of {shape}: {first_sentence(error)}\nIt may take another --size or '
                         '--length alone, or hold something that PyTorch cannot export.') from error
    print(f'{options.path}: {sum(p.numel() for p in network.parameters()):,} parameters. Next: exitlab network {options.path}')
    if unused:
        print(f'Not in the file, because the logits do not depend on them: {", ".join(unused)}')


if __name__ == '__main__':
    main()

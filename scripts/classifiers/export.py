"""Exports classifiers unchanged, by the helper that users have.

Reads lines of three words, SOURCE FILE PIXELS (or tokens), such as `torchvision:resnet18 resnet18.onnx 64`, and answers each with a line
of JSON: `{"parameters": N}`, or `{"refused": "why"}`. Beside the file, FILE.safetensors has four samples and their `logits` in
evaluation mode.
"""
import argparse
import json
import os
import sys
import tempfile

import torch
from safetensors.torch import save_file

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../resources'))
from export_backbone import export_backbone, first_sentence, load_network  # noqa: E402

torch.set_num_threads(1)


def configuration(name):
    """A folder with the configuration that transformers itself has for a kind of network; its weights are not brought."""
    from transformers import AutoConfig
    folder = tempfile.mkdtemp()
    AutoConfig.for_model(name).save_pretrained(folder)
    return folder


def export(source, path, size):
    library, _, name = source.partition(':')
    named = f'{library}:{configuration(name)}' if library == 'transformers' else source
    options = argparse.Namespace(size=size, length=size, classes=None, pretrained=False, weights=None)
    torch.manual_seed(0)
    network, inputs, keywords = load_network(named, options)
    # A classifier of zeros would give logits of zeros.
    for parameter in network.parameters():
        if not parameter.any():
            torch.nn.init.normal_(parameter, std=0.02)
    try:
        export_backbone(network, path, *inputs, title=name, **keywords)
    except Exception as error:
        return {'refused': first_sentence(error)}
    # Four samples.
    inputs = [torch.cat([each, each.flip(-1)]) for each in inputs]
    call = keywords.get('forward', lambda call, *given: call(*given))
    with torch.no_grad():
        logits = call(network.eval(), *inputs)
    names = keywords.get('names', ['images'])
    arrays = {key: x if x.is_floating_point() else x.int() for key, x in zip(names, inputs)}
    save_file({**arrays, 'logits': logits.contiguous()}, f'{path}.safetensors')
    return {'parameters': sum(p.numel() for p in network.parameters())}


for line in sys.stdin:
    source, path, size = line.split()
    print(json.dumps(export(source, path, int(size))), flush=True)

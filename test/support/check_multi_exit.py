"""Largest difference between the logits in FOLDER/check.json and those of FOLDER/multi_exit.py on the fixture network NAME."""
import importlib.util
import json
import os
import sys

import torch
from safetensors.torch import load_file

name, folder = sys.argv[1:]


def module(path):
    spec = importlib.util.spec_from_file_location('loaded', path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


here = os.path.dirname(os.path.abspath(__file__))
networks = module(os.path.join(here, '../engine/networks/onnx/fixtures/make.py')).NETWORKS
check = json.load(open(os.path.join(folder, 'check.json')))
networks[name]().load_state_dict(load_file(os.path.join(folder, 'model_original.safetensors')))  # nothing missing
exits = module(os.path.join(folder, 'multi_exit.py')).MultiExit(networks[name](), folder).eval()
with torch.no_grad():
    logits = exits(*map(torch.tensor, check['inputs']))
expected = [torch.tensor(each) for each in check['logits']]
print(max((a - b).abs().max().item() for a, b in zip(logits, expected, strict=True)))

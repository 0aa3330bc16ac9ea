"""Checks a run that `exitlab export` wrote: the network rebuilt in PyTorch gives the logits of evaluation.safetensors.

    python check_export.py EXPORTED_FOLDER IMAGES_FILE LABELS_FILE

IMAGES_FILE and LABELS_FILE are the idx files, compressed or not, that the test images come from. Prints the largest difference as JSON.
"""

import json
import sys

import torch
from exported_files import read_idx, read_safetensors
from torch_networks import create_network


def read_tensors(path):
    return {name: torch.from_numpy(values) for name, values in read_safetensors(path).items()}


def main(folder, images_file, labels_file):
    spec = json.load(open(f"{folder}/network.json"))
    network = create_network(spec)
    missing, unexpected = network.load_state_dict(read_tensors(f"{folder}/model.safetensors"), strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    network.eval()
    evaluation = read_tensors(f"{folder}/evaluation.safetensors")
    logits, labels = evaluation["test.logits"], evaluation["test.labels"]
    sys.path.insert(0, folder)
    from prepare_images import prepare

    images = prepare(torch.from_numpy(read_idx(images_file))[:, None])
    with torch.no_grad():
        batches = [torch.stack(network(batch)) for batch in images.split(500)]
    ours = torch.cat(batches, 1)
    rows = evaluation["test.indices"].long()
    assert torch.equal(torch.from_numpy(read_idx(labels_file))[rows].int(), labels)
    difference = (ours[:, rows] - logits).abs().max().item()
    print(json.dumps({"samples": len(rows), "distinct": len(set(rows.tolist())), "difference": difference}))


main(*sys.argv[1:])

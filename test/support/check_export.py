"""Checks a run that `exitlab export` wrote: the network rebuilt in PyTorch gives the logits of evaluation.safetensors.

    python check_export.py EXPORTED_FOLDER IMAGES_FILE LABELS_FILE

IMAGES_FILE and LABELS_FILE are the idx files, compressed or not, that the test images come from. Prints the largest difference as JSON.
"""

import gzip
import json
import struct
import sys

import numpy as np
import torch
from torch_networks import create_network


def read_safetensors(path):
    data = open(path, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    types = {"F32": np.float32, "I32": np.int32}
    arrays = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            values = np.frombuffer(data[8 + length + start : 8 + length + end], types[entry["dtype"]])
            arrays[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return arrays


def read_idx(path):
    data = (gzip.open if path.endswith(".gz") else open)(path, "rb").read()
    shape = struct.unpack(f">{data[3]}I", data[4 : 4 + 4 * data[3]])
    return torch.from_numpy(np.frombuffer(data[4 + 4 * data[3] :], np.uint8).reshape(shape).copy())


def main(folder, images_file, labels_file):
    spec = json.load(open(f"{folder}/network.json"))
    network = create_network(spec)
    missing, unexpected = network.load_state_dict(read_safetensors(f"{folder}/model.safetensors"), strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    network.eval()
    evaluation = read_safetensors(f"{folder}/evaluation.safetensors")
    logits, labels = evaluation["test.logits"], evaluation["test.labels"]
    images = torch.nn.functional.pad(read_idx(images_file)[:, None].float() / 255, [spec["pad"]] * 4)
    mean, std = (torch.tensor(spec["normalisation"][key])[:, None, None] for key in ("mean", "std"))
    with torch.no_grad():
        batches = [torch.stack(network(batch)) for batch in ((images - mean) / std).split(500)]
    ours = torch.cat(batches, 1)
    rows = evaluation["test.indices"].long()
    assert torch.equal(read_idx(labels_file)[rows].int(), labels)
    difference = (ours[:, rows] - logits).abs().max().item()
    print(json.dumps({"samples": len(rows), "distinct": len(set(rows.tolist())), "difference": difference}))


main(*sys.argv[1:])

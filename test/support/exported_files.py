"""Files of data sets and of exported runs as NumPy arrays."""

import gzip
import json
import struct

import numpy as np


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
            arrays[name] = values.reshape(entry["shape"]).copy()
    return arrays


def read_idx(path):
    """Compressed or not."""
    data = (gzip.open if path.endswith(".gz") else open)(path, "rb").read()
    shape = struct.unpack(f">{data[3]}I", data[4 : 4 + 4 * data[3]])
    return np.frombuffer(data[4 + 4 * data[3] :], np.uint8).reshape(shape).copy()

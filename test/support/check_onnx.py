"""Checks the ONNX models in a folder: valid for onnx, and their logits in onnxruntime those that Exitlab computed.

    python check_onnx.py FOLDER

FOLDER/check.json has the network's inputs, {name: {type, shape, values}}, and the logits of each exit. Runs the segments one after the
other, then the model with all exits. Prints the largest difference of each, and the largest logit, as JSON.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime


def run(path, values):
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path)
    names = [output.name for output in session.get_outputs()]
    results = session.run(names, {each.name: values[each.name] for each in session.get_inputs()})
    for output, result in zip(session.get_outputs(), results):
        expected = [len(result) if size == "batch" else size for size in output.shape]
        assert list(result.shape) == expected, (output.name, result.shape, output.shape)
    values.update(zip(names, results))


def main(folder):
    check = json.load(open(f"{folder}/check.json"))
    inputs = {
        name: np.array(each["values"], each["type"]).reshape(each["shape"]) for name, each in check["inputs"].items()
    }
    logits = [np.array(each, np.float32) for each in check["logits"]]

    def difference(files):
        values = dict(inputs)
        for file in files:
            run(f"{folder}/{file}.onnx", values)
        return max(float(np.abs(values[f"logits.{exit}"] - each).max()) for exit, each in enumerate(logits))

    segments = difference(f"segment-{exit}" for exit in range(len(logits)))
    largest = float(max(np.abs(each).max() for each in logits))
    print(json.dumps({"segments": segments, "whole": difference(["all-exits"]), "largest": largest}))


main(*sys.argv[1:])

"""Checks the ONNX models of an exported run of images against its logits, and runs its program that leaves early.

    python check_segments.py FOLDER IMAGES_FILE

IMAGES_FILE is the idx file of the test images. Prints the largest differences, and the exit that early_exit.py leaves at for each test image.
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
from exported_files import read_idx, read_safetensors


def main(folder, images_file):
    about = json.load(open(f"{folder}/segments.json"))
    evaluation = read_safetensors(f"{folder}/evaluation.safetensors")
    images = read_idx(images_file)[evaluation["test.indices"]][:, None]
    logits = evaluation["test.logits"]

    def difference(files):
        values = {"images": images}
        for file in files:
            onnx.checker.check_model(f"{folder}/{file}", full_check=True)
            session = onnxruntime.InferenceSession(f"{folder}/{file}")
            names = [output.name for output in session.get_outputs()]
            feed = {each.name: values[each.name] for each in session.get_inputs()}
            values.update(zip(names, session.run(names, feed)))
        return max(float(np.abs(values[f"logits.{exit}"] - each).max()) for exit, each in enumerate(logits))

    with tempfile.TemporaryDirectory() as place:
        inputs = os.path.join(place, "inputs.npz")
        np.savez(inputs, images=images)
        printed = subprocess.run(
            [sys.executable, "early_exit.py", inputs], cwd=folder, check=True, capture_output=True, text=True
        ).stdout
    answer = {
        "segments": difference([segment["file"] for segment in about["segments"]]),
        "whole": difference([about["allExits"]["file"]]),
        "exits": [int(line.split()[1]) for line in printed.splitlines()],
    }
    print(json.dumps(answer))


main(*sys.argv[1:])

/**
 * Stands for the numbers that a step computes; checkpoints and analyses record it, and work that goes on under another one says so.
 * Raise it with every change after which the same step of training, evaluation or an analysis can end in other bits: of a kernel,
 * the order of a sum, an optimiser, initial values, batches, augmentation, or TensorFlow's own settings. What only makes a step
 * faster with the same bits leaves it.
 *
 * 1: up to the change of batch norm's sums (docs/decisions/006-sums-of-batch-norm.md), and not recorded yet. 2: since then. 3: attention weights are
 * dropped within the kernel of attention. 4: photographs are scaled as by Pillow. 5: bfloat16 without AVX-512 adds up in float32.
 * 6: values of an ONNX file that are equally large share the gradient of their maximum.
 * 7: in bfloat16, SGD without momentum steps by the learning rate of float32 and running sums of an ONNX file are float32; magnitudes of 0
 * and casts to whole numbers in one have no gradient, and equal operands of Max and Min share theirs. Convolutions of single pixels are
 * products of matrices, and linear layers of an ONNX file are computed of fewer rows where these are padded or cut.
 */
export const engineRevision = 7

/** A classifier as `export_backbone.py` names it, at so many pixels or tokens. */
export interface Classifier {
  source: string
  size: number
}

const pixels = 64
const tokens = 32

/** Those that tutorials, papers and downloads name most, by library. */
const names = {
  torchvision: [
    ...['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnext50_32x4d', 'wide_resnet50_2', 'alexnet', 'vgg11'],
    ...['vgg16', 'vgg16_bn', 'squeezenet1_1', 'googlenet', 'inception_v3', 'mobilenet_v2', 'mobilenet_v3_large'],
    ...['shufflenet_v2_x1_0', 'densenet121', 'efficientnet_b0', 'efficientnet_v2_s', 'convnext_tiny', 'vit_b_16'],
    'swin_t',
  ],
  timm: [
    ...['resnet50', 'vgg16', 'mobilenetv3_large_100', 'mobilenetv4_conv_small', 'tf_efficientnetv2_b0'],
    ...['convnextv2_atto', 'vit_tiny_patch16_224', 'vit_base_patch16_224', 'deit_small_patch16_224'],
    ...['beit_base_patch16_224', 'mixer_b16_224'],
  ],
  transformers: ['bert', 'distilbert', 'roberta', 'electra', 'mpnet', 'deberta', 'albert'],
}

/** Larger than 64 pixels, as they take no smaller images. */
const larger: Record<string, number> = { inception_v3: 96 }
/** Tried at 32 pixels, too: its pooling then has more outputs than inputs. */
const smaller = ['vgg11', 'vgg16', 'vgg16_bn']

export const classifiers: readonly Classifier[] = Object.entries(names).flatMap(([library, each]) =>
  each.flatMap((name) => {
    const source = `${library}:${name}`
    if (library === 'transformers') return { source, size: tokens }
    const one = { source, size: larger[name] ?? pixels }
    return smaller.includes(name) ? [{ source, size: 32 }, one] : one
  }),
)

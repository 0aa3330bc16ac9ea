import { imageNetNormalisation, resizedCrops, wordNetDataset } from './formats/wordnet-files.ts'

export const imagenette = wordNetDataset({
  info: { title: 'Imagenette', paper: 'Howard 2019, github.com/fastai/imagenette' },
  classes: 10,
  side: 224,
  hasOneSize: false,
  normalisation: imageNetNormalisation,
  augmentation: resizedCrops,
  folders: ['', 'imagenette2', 'imagenette2-320', 'imagenette2-160'],
  expected: 'the folder imagenette2, imagenette2-320 or imagenette2-160 with train and val',
  names: {
    n01440764: 'tench',
    n02102040: 'English springer',
    n02979186: 'cassette player',
    n03000684: 'chain saw',
    n03028079: 'church',
    n03394916: 'French horn',
    n03417042: 'garbage truck',
    n03425413: 'gas pump',
    n03445777: 'golf ball',
    n03888257: 'parachute',
  },
})

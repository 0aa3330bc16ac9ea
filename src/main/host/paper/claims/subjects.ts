/** Ids of the tables that claims are about. */
export const resNet34 = 'table-8'
export const msdnet = 'table-9'
export const vitTiny = 'table-10'
export const resNet50 = 'table-11'
/** ViT-T and ViT-S. */
export const imageNet = ['table-12', 'table-1f']
export const newsgroups = 'table-13'
export const stsB = 'table-14'
/** ViT-T on CIFAR-100 with the methods PBEE and GPF, and with exits by entropy. */
export const otherMethods = ['table-15', 'table-16', 'table-17']
export const pretrained = 'table-18'
export const headSizes = 'table-6'
export const imagenette = 'table-20'
export const placements = 'table-7'
export const weightings = 'table-19'

/** Tables of one network on images, the exits behind the same blocks, trained from scratch. */
export const vision = [resNet34, msdnet, vitTiny, resNet50, ...imageNet, ...otherMethods]

/** Budgets. */
export const quarter = [0.25]
export const fromHalf = [0.5, 0.75, 1]
export const fromThreeQuarters = [0.75, 1]
export const whole = [1]

/** What brings TensorFlow's libraries: for a processor, for NVIDIA cards, or with a pre-trained model and texts. Every installation has it. */
export const setUpCommand = {
  cpu: 'exitlab setup',
  cuda: 'exitlab setup --device cuda',
  text: 'exitlab setup --text',
} as const

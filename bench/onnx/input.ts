/** The name of a model's input. */
export const INPUT = 'images';

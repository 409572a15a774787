/** What the code of a network has that the network itself has not. */
export const EPOCHS = 3;
/** The share of the training images that it is validated on, as the page does. */
export const HELD_OUT = 0.1;

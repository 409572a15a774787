/** What the guided tour says, step by step. */
export interface TourText {
  /** The section that it is about. */
  section: string;
  title: string;
  text: string;
}

export const TOUR: Readonly<Record<'draw' | 'guess' | 'watch' | 'inside' | 'mistakes' | 'change', TourText>> = {
  draw: {section: 'draw', title: 'Draw', text: 'Draw a digit on the black pad, as large as it is.'},
  guess: {
    section: 'draw',
    title: 'A bad guess',
    text: 'Nobody has taught the network yet: it guesses. The bars show how sure it is of each digit. Press Train.',
  },
  watch: {
    section: 'training',
    title: 'It learns',
    text:
      'It looks at digits that people wrote, a handful at a time, and each time changes its numbers a little, so that ' +
      'it would have been less wrong. Watch the curve rise, and draw again meanwhile.',
  },
  inside: {
    section: 'inside',
    title: 'What it looks for',
    text:
      'A filter is a small pattern that is slid over your drawing. Where the drawing is like the pattern, the picture ' +
      'below it is bright. Draw something else, and see which filters answer.',
  },
  mistakes: {
    section: 'mistakes',
    title: 'Where it fails',
    text:
      'Choose a number off the blue diagonal: these images were read wrong. A 5 whose top stroke is short has the ' +
      'same curves as a 3, so the same filters answer.',
  },
  change: {
    section: 'model',
    title: 'Your turn',
    text: 'Choose another network or other images, train it, and see whether it becomes better.',
  },
};

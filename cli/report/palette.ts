import type {Palette} from '../../common/theme';

/**
 * For a file of its own, whose background nobody knows: contrast of at least 4.1 with white and with near-black
 * (#0d1117) for text and curves; lines half transparent.
 */
export const FILE_PALETTE: Palette = {
  text: '#767676',
  soft: '#767676',
  line: 'rgba(128,128,128,0.4)',
  box: 'rgba(128,128,128,0.12)',
  font: 'system-ui, -apple-system, Roboto, Arial, sans-serif',
  curves: ['#3f78d8', '#c2610f'],
};

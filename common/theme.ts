/** The colours of all pages, light and dark by the reader's setting. */
export const THEME = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9;
  --card: #ffffff;
  --text: #1c2128;
  --text-soft: #5b6572;
  --line: #dde1e7;
  --curve-1: #2563c4;
  --curve-2: #c2570c;
  --right: 37 99 196;
  --wrong: 200 60 30;
  --notice: #fff4dc;
  --field-line: #868f9b;
  --action: #2563c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c;
    --card: #1d2127;
    --text: #e8ebef;
    --text-soft: #9aa5b3;
    --line: #343b45;
    --curve-1: #6ea8ff;
    --curve-2: #f0975a;
    --right: 90 150 255;
    --wrong: 255 120 80;
    --notice: #3a2f14;
    --field-line: #7c8795;
    --action: #2f6fd6;
  }
}
`;

/** What a drawing is painted with: values of SVG attributes. */
export interface Palette {
  text: string;
  soft: string;
  line: string;
  box: string;
  font: string;
  curves: string[];
}

/** The variables of the page's style sheet: a drawing takes the colours of light and dark mode like the text around it. */
export const PAGE_PALETTE: Palette = {
  text: 'var(--text)',
  soft: 'var(--text-soft)',
  line: 'var(--line)',
  box: 'var(--page)',
  font: 'inherit',
  curves: ['var(--curve-1)', 'var(--curve-2)'],
};

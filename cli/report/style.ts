import {THEME} from '../../common/theme';

/** The style sheet of all reports: one column on a phone. */
export const STYLE = `${THEME}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1040px; margin: 0 auto; padding: 32px 16px 48px; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 0 0 12px; font-size: 1.15rem; }
p { margin: 4px 0 0; }
.soft, figcaption, caption, footer { color: var(--text-soft); }
.notice { margin: 16px 0 0; padding: 10px 14px; border-radius: 8px; background: var(--notice); }
section { margin-top: 20px; padding: 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(45%, 200px), 1fr)); gap: 16px; margin: 0; }
.facts dt { color: var(--text-soft); font-size: 0.85rem; }
.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.facts .first dd { font-size: 1.5rem; line-height: 1.2; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 20px; }
.pair > section { margin-top: 0; min-width: 0; }
.stack { margin-top: 20px; }
section svg { display: block; width: 100%; height: auto; }
.model { display: grid; grid-template-columns: minmax(0, 300px) minmax(0, 1fr); gap: 24px; align-items: start; }
.model svg, .structure svg { max-width: 300px; margin: 0 auto; }
h3 { margin: 0 0 8px; font-size: 1rem; }
code { font: 0.9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.command { margin: 16px 0 0; padding: 10px 14px; border-radius: 8px; background: var(--page); }
details { margin-top: 20px; padding: 14px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
summary { cursor: pointer; font-weight: 600; }
details[open] summary { margin-bottom: 12px; }
.chart { max-width: 480px; }
.samples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); gap: 24px; margin: 14px 0 0; }
.sample { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 14px; align-items: start; }
.bars { table-layout: fixed; margin-top: 6px; }
.bars th, .bars td { padding: 1px 4px; border: 0; font-size: 0.8rem; line-height: 1.25; }
.bars th { width: 1.5em; }
.bars .number { width: 5em; }
.bar { display: block; height: 12px; min-width: 1px; border-radius: 3px; background: var(--curve-1); }
.second .bar { background: var(--curve-2); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 8px; text-align: left; font-size: 0.85rem; }
th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead th { color: var(--text-soft); font-size: 0.85rem; font-weight: 600; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; }
.wrap td, .wrap th { white-space: normal; }
.matrix { table-layout: fixed; }
.matrix th, .matrix td { padding: 6px 1px; border: 0; text-align: center; font-size: 0.8rem; }
.matrix td { border: 1px solid var(--card); border-radius: 4px; }
.matrix .none { color: var(--text-soft); opacity: 0.6; }
.digits { display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 14px; margin: 14px 0 0; padding: 0; list-style: none; }
figure { margin: 0; font-size: 0.85rem; line-height: 1.35; }
figure img { display: block; width: 100%; height: auto; border-radius: 8px; image-rendering: pixelated; background: #000; }
figcaption { margin-top: 4px; }
.five { grid-template-columns: repeat(5, minmax(0, 1fr)); max-width: 560px; }
.five figcaption { text-align: center; }
figcaption b { color: var(--text); }
footer { margin-top: 24px; font-size: 0.85rem; }
@media (max-width: 520px) {
  main { padding: 20px 10px 32px; }
  section { padding: 14px; }
  th, td, thead th { padding: 5px 2px; font-size: 0.75rem; }
  .matrix th, .matrix td { font-size: 0.66rem; letter-spacing: -0.03em; }
  .digits { grid-template-columns: repeat(3, 1fr); }
  .five { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
  .model { grid-template-columns: minmax(0, 1fr); }
  details { padding: 10px 14px; }
  .bars { table-layout: fixed; margin-top: 6px; }
.bars th, .bars td { padding: 1px 3px; font-size: 0.78rem; }
}
@media print { section { break-inside: avoid; } }
`;

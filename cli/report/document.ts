import {escapeHtml} from './html';
import {STYLE} from './style';

/**
 * A page with everything in it. It needs no network and no script, and its content security policy forbids both.
 *
 * @param subtitle text; `body` is HTML.
 */
export function htmlDocument(title: string, subtitle: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(subtitle)}</p>
</header>
${body}
</main>
</body>
</html>
`;
}

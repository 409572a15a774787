import type {Plugin} from 'vite';
import {texts} from './index.js';

/** Puts the words of the page where no script does: into index.html, in the places of %names%, and into the web manifest. */
export function pageTexts(): Plugin {
  const {language, page} = texts;
  const words: Record<string, string> = {
    title: page.fullTitle,
    description: page.description,
    needsScript: page.needsScript,
  };
  return {
    name: 'page-texts',
    transformIndexHtml: (html) =>
      html.replace(/(?<=<html lang=")\w+/, language).replace(/%(\w+)%/g, (place, name: string) => words[name] ?? place),
    generateBundle() {
      this.emitFile({type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest())});
    },
  };
}

/** What an installed page is called, and how it looks. */
function manifest(): object {
  const {language, page} = texts;
  const png = (size: number, purpose: string) => ({
    src: `icon-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    name: page.title,
    short_name: page.shortTitle,
    description: page.description,
    lang: language,
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f6f7f9',
    theme_color: '#2563c4',
    icons: [
      {src: 'icon.svg', sizes: 'any', type: 'image/svg+xml'},
      png(192, 'any'),
      png(512, 'any'),
      png(512, 'maskable'),
    ],
  };
}

/**
 * Writes dist/THIRD-PARTY.md: the licence texts of the packages whose code stands in dist/, which most of them ask to be
 * passed on. Which packages those are, the bundler tells.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const HEADING = `# Third-party licences

The bundles in this folder contain code of the packages below. This file is written by the build.
`;

/** Licences that ask for no copy of their text. tfjs's packages ship none: theirs is that of this package. */
const BY_REFERENCE = {
  'Apache-2.0': () => 'the text is in LICENSE.',
  'MPL-2.0': ({repository}) =>
    `the text is at https://www.mozilla.org/MPL/2.0/, the source at ${repository.url ?? repository}.`,
  // @bufbuild/protobuf: what is of Google says so itself.
  '(Apache-2.0 AND BSD-3-Clause)': (_manifest, folder) =>
    `the text of Apache-2.0 is in LICENSE. Of dist/esm/wire/varint.js:\n\n\`\`\`text\n${firstComment(folder, 'dist/esm/wire/varint.js')}\n\`\`\``,
};

/** @param {import('esbuild').Metafile[]} metafiles of the bundles that are published */
export function writeThirdParty(metafiles) {
  // What was shaken out of every output is not passed on.
  const inputs = metafiles.flatMap(({outputs}) =>
    Object.values(outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([file, {bytesInOutput}]) => (bytesInOutput > 0 ? [file] : [])),
    ),
  );
  const names = inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const sections = [...new Set(names.filter((name) => name !== undefined))].sort().map(section);
  writeFileSync('dist/THIRD-PARTY.md', [HEADING, ...sections].join('\n'));
}

function section(name) {
  const folder = path.join('node_modules', name);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const {version, license} = manifest;
  const text = licenceText(folder);
  if (text !== undefined) return `## ${name} ${version}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  const reference = BY_REFERENCE[license];
  if (reference) return `## ${name} ${version}\n\n${license}: ${reference(manifest, folder)}\n`;
  throw new Error(`${name} is bundled, and has no licence text that could be passed on (${license}).`);
}

/** A file of its own, or else the last section of the readme. */
function licenceText(folder) {
  const names = readdirSync(folder);
  const file = names.find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFileSync(path.join(folder, file), 'utf8').trim();
  const readme = names.find((entry) => /^readme/i.test(entry));
  const text = readme === undefined ? '' : readFileSync(path.join(folder, readme), 'utf8');
  return /^#*\s*licen[cs]e\b.*\n[-=\s]*(copyright[\s\S]*)/im.exec(text)?.[1].trim();
}

/** The lines of the comment that a file begins with. */
function firstComment(folder, file) {
  const [comment] = /^(\/\/.*\n)+/.exec(readFileSync(path.join(folder, file), 'utf8'));
  return comment.replace(/^\/\/ ?/gm, '').trim();
}

/** The checks of one fixture, from its installation to the browsers. Each is a name and what is wrong, if anything. */
import path from 'node:path';
import {defaultThreads} from '../default-threads.mjs';
import {missedInControl, wrongRefusal, wrongResults, wrongTraffic} from './expect.mjs';
import {scriptsIn, warningsIn, wrongScript} from './inspect.mjs';
import {build, install, startServer} from './project.mjs';
import {serve} from './serve.mjs';
import {visit} from './visit.mjs';

/**
 * @param {import('./fixtures.mjs').Fixture} fixture
 * @param {{folder: string, tarball: string, browsers: {title: string, browser: import('puppeteer-core').Browser}[]}} means
 * @param {{step(what: string): void, result(name: string, wrong: string[]): void}} tell
 * @returns the scripts that hold code of this package, as scriptsIn has them
 */
export async function checkFixture(fixture, {folder, tarball, browsers}, {step, result}) {
  step('installs');
  const project = await install(fixture.name, folder, tarball);
  const scripts = fixture.output ? await checkBuild(fixture, project, {step, result}) : [];
  const own = fixture.server && (await startServer(project, fixture.server));
  try {
    for (const {title, browser} of browsers) {
      for (const [page, tasks] of Object.entries(fixture.pages)) {
        step(`opens ${page} in ${title}`);
        const server = await serve(path.join(project, fixture.root), {origin: own?.origin});
        try {
          const {results, problems} = await visit(browser, new URL(page, server.url).href);
          const said = own ? warningsIn(own.output(), fixture.remarks) : [];
          // A server of the project's own sends its headers, and no page of it is isolated.
          const threads = (task) => (own ? undefined : threadsIn(title, task));
          const wrong = [...wrongResults(results, tasks, threads), ...problems, ...wrongTraffic(server), ...said];
          result(`${page} trains in ${title}`, wrong);
        } finally {
          await server.close();
        }
      }
      if (fixture.refusesThreads) {
        step(`opens / in ${title} without threads`);
        result(
          `/ trains on one thread in ${title} where the policy forbids others`,
          await checkRefusal(fixture, project, browser),
        );
      }
    }
  } finally {
    await own?.stop();
  }
  return scripts.filter(({holds}) => holds.length > 0);
}

/** A policy without `blob:` for workers costs the threads, and nothing else. */
async function checkRefusal({root, pages}, project, browser) {
  const server = await serve(path.join(project, root), {workers: "'self'"});
  try {
    const {results, problems} = await visit(browser, server.url);
    return [...wrongResults(results, pages['/'], () => 1), ...wrongRefusal(problems, server)];
  } finally {
    await server.close();
  }
}

async function checkBuild(fixture, project, {step, result}) {
  step('builds');
  result('builds without a warning', warningsIn(await build(project), fixture.remarks));
  const scripts = scriptsIn(path.join(project, fixture.output));
  result('has neither eval nor modules of Node', wrongScripts(fixture, scripts));
  if (fixture.lean) result('leaves the fallback out of mnist-wasm/native', wrongLean(fixture, scripts));
  return scripts;
}

/** Whether a browser, the policy and the account notice what they are there for. */
export async function checkControl({title, browser}, folder, result) {
  const server = await serve(folder);
  try {
    const {results} = await visit(browser, server.url);
    result(`${title} obeys the policy and tells what breaks it`, missedInControl(results, server));
  } finally {
    await server.close();
  }
}

function wrongScripts({othersMakeCode, tolerated}, scripts) {
  const ours = scripts.filter(({holds}) => holds.length > 0);
  if (ours.length === 0) return ['no script holds code of this package'];
  return (othersMakeCode ? ours : scripts).flatMap((script) => wrongScript(script, tolerated));
}

function wrongLean({lean}, scripts) {
  return scripts.flatMap(({file, holds}) => {
    const expected = !lean.includes(file);
    return holds.includes('fallback') === expected
      ? []
      : [`${file} ${expected ? 'lacks' : 'has'} the fallback kernels`];
  });
}

/** A worker of Firefox has none beside its own unless its page starts them. */
function threadsIn(title, task) {
  return task === 'worker' && /firefox/i.test(title) ? 1 : defaultThreads();
}

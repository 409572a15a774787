/** On what a race was run, in the words of its own name: a figure means nothing without. */

/** The order matters: others call themselves Chrome, and all call themselves Safari. */
const BROWSERS: readonly [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
];

/** The order matters: Android calls itself Linux too, and an iPhone like Mac OS X. */
const SYSTEMS: readonly [name: string, pattern: RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad)\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
];

export interface Machine {
  /** Chrome 140; undefined where its name is not known. */
  browser: string | undefined;
  system: string | undefined;
  /** That the browser tells of; some tell fewer. */
  cores: number;
}

export function machineOf({
  userAgent,
  hardwareConcurrency,
}: Pick<Navigator, 'userAgent' | 'hardwareConcurrency'>): Machine {
  const browsers = BROWSERS.map(([name, pattern]) => [name, pattern.exec(userAgent)?.[1]] as const);
  const [name, version] = browsers.find(([, found]) => found !== undefined) ?? [];
  return {
    browser: name && `${name} ${version}`,
    system: SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0],
    cores: hardwareConcurrency,
  };
}
